using System.Net;
using Coroutines;
using Coroutines.Diagnostics;
using NLog;

namespace Server.Host;

/// <summary>Every message of the server. What a peer does is Debug, the server's life Info, refused load Warn, our own bugs
/// Error.</summary>
/// <param name="messages">Where they go; opened with the first.</param>
internal sealed class Log(Lazy<ILogger> messages)
{
    public Log(ILogger logger)
        : this(new Lazy<ILogger>(logger)) { }

    private ILogger Logger => messages.Value;

    public void Listening(EndPoint address) => Logger.Info("Listening on {Address}.", address);

    public void ServesBy(int workers) => Logger.Info("Serving by {Workers} workers.", workers);

    public void HasNoEffect(string option) => Logger.Warn("An option has no effect: {Option}", option);

    public void AdminListening(int port) => Logger.Info("The admin port is {Port}, on 127.0.0.1.", port);

    public void StopsIn(TimeSpan delay) =>
        Logger.Info("Not ready any more: accepting stops in {Seconds} s.", delay.TotalSeconds);

    public void Draining(int connections) =>
        Logger.Info("Stopping: accepting no more; answers under way: {Connections}.", connections);

    public void Abandoned(int connections) =>
        Logger.Warn("The grace time is over; connections cut off: {Connections}.", connections);

    public void Stopped() => Logger.Info("Stopped.");

    public void OutOfDescriptors(int connections) =>
        Logger.Warn(
            "Out of descriptors with {Connections} connections: accepting pauses until some close. 'ulimit -n' sets the limit.",
            connections
        );

    public void TooManyConnections(int limit) =>
        Logger.Warn(
            "More than {Limit} connections: clients are answered 503. --max-connections sets the limit.",
            limit
        );

    public void TooManyConnectionsTo(string site, int limit) =>
        Logger.Warn("More than {Limit} connections to {Site}: clients are answered 503.", limit, site);

    public void TooManyOfOneAddress(int limit, EndPoint? client) =>
        Logger.Warn(
            "More than {Limit} connections from one address, of {Client} for one: it is answered 503. --max-per-address sets the limit.",
            limit,
            client
        );

    public void ClientIsTooSlow(EndPoint? client) => Logger.Debug("{Client} is too slow, and is let go.", client);

    public void AcceptFailed(Exception failure) => Logger.Error(failure, "A client could not be accepted.");

    public void OutOfDescriptorsForFiles() =>
        Logger.Warn("Out of descriptors for files: requests are answered 503. 'ulimit -n' sets the limit.");

    public void FileFailed(Exception failure) => Logger.Error(failure, "A file could not be read.");

    public void FileCutShort() =>
        Logger.Warn("A file was changed while it was sent: the connection is closed, so that the client sees it.");

    public void AccessLogFailed(Exception failure) =>
        Logger.Error("The access log can't be written, lines are lost: {Reason}", failure.Message);

    public void CoroutineFailed(Coroutine coroutine, Exception failure) =>
        Logger.Error(failure, "Coroutine {Coroutine} failed.", coroutine.Name);

    public void ConnectionFailed(Exception failure) => Logger.Error(failure, "A connection failed.");

    public void ChildFailed(int exitCode) =>
        Logger.Error("A child process ended with exit code {ExitCode}; its client was let go.", exitCode);

    public void ChildNotStarted(Exception failure) =>
        Logger.Error("A child process could not be started: {Reason} Its client was let go.", failure.Message);

    public void Dumped(SchedulerDump dump) => Logger.Info("Where the coroutines stand:\n{Dump}", dump);

    public void NothingToDump(string model) =>
        Logger.Info("--model {Model} has no coroutines that could be shown; --model coroutines has.", model);

    public void ObserverFailed(Exception failure) =>
        Logger.Error(failure, "An observer of the scheduler failed, and is off.");

    public void LoopIsKept(RunningStep? step) =>
        Logger.Warn(
            "The loop doesn't answer; the dump follows when it does. Running: {Step}.",
            (object?)step ?? "no coroutine"
        );

    public void StepReachedLimit(RunningStep step) => Logger.Warn("A coroutine keeps the loop: {Step}.", step);

    public void LongStepEnded(RunningStep step) => Logger.Warn("The loop goes on after {Step}.", step);

    public void PageHasGone(string patience) =>
        Logger.Info(
            "The server stands still, and no page of the debugger's is open: it goes on in {Patience}.",
            patience
        );

    public void GoesOnWithoutPage() => Logger.Info("The server goes on, without a page of the debugger's.");

    public void BrowserFailed(Exception failure) =>
        Logger.Warn("The browser could not be opened: {Reason}", failure.Message);
}
