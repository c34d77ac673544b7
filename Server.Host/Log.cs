using System.Net;
using Coroutines;
using NLog;

namespace Server.Host;

/// <summary>Every message of the server. What a peer does is Debug, the server's life Info, refused load Warn, our own bugs
/// Error.</summary>
internal sealed class Log(ILogger logger)
{
    public void Listening(EndPoint address) => logger.Info("Listening on {Address}.", address);

    public void Draining(int connections) =>
        logger.Info("Stopping: accepting no more; answers under way: {Connections}.", connections);

    public void Abandoned(int connections) =>
        logger.Warn("The grace time is over; connections cut off: {Connections}.", connections);

    public void Stopped() => logger.Info("Stopped.");

    public void OutOfDescriptors(int connections) =>
        logger.Warn(
            "Out of descriptors with {Connections} connections: accepting pauses until some close. 'ulimit -n' sets the limit.",
            connections
        );

    public void TooManyConnections(int limit) =>
        logger.Warn(
            "More than {Limit} connections: clients are answered 503. --max-connections sets the limit.",
            limit
        );

    public void AcceptFailed(Exception failure) => logger.Error(failure, "A client could not be accepted.");

    public void FileFailed(Exception failure) => logger.Error(failure, "A file could not be read.");

    public void FileCutShort() =>
        logger.Warn("A file became shorter while it was sent: the connection is closed, so that the client sees it.");

    public void CoroutineFailed(Coroutine coroutine, Exception failure) =>
        logger.Error(failure, "Coroutine {Coroutine} failed.", coroutine.Name);

    public void BrowserFailed(Exception failure) =>
        logger.Warn("The browser could not be opened: {Reason}", failure.Message);
}
