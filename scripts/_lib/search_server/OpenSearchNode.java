import java.util.concurrent.CountDownLatch;
import org.codelibs.opensearch.runner.OpenSearchRunner;

/**
 * Starts one OpenSearch node; the runner's own program can be told neither port.
 * Arguments: FOLDER HTTP_PORT TRANSPORT_PORT.
 */
public class OpenSearchNode {
    public static void main(String[] arguments) throws Exception {
        var runner = new OpenSearchRunner();
        // Without a highest port the first node takes the one after the base, free or not.
        runner.setMaxHttpPort(-1);
        runner.onBuild((number, settings) -> settings
            .put("transport.port", arguments[2])
            // A nearly full disk of a developer must not turn the indexes read-only.
            .put("cluster.routing.allocation.disk.threshold_enabled", false));
        runner.build(OpenSearchRunner.newConfigs()
            .basePath(arguments[0])
            .numOfNode(1)
            .baseHttpPort(Integer.parseInt(arguments[1]) - 1)
            .printOnFailure());
        new CountDownLatch(1).await();
    }
}
