using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.Versioning;
using Coroutines.Sockets;

namespace Server.Host.Models;

/// <summary>A child process for each client, at most so many at a time. What happens to a child, a crash or a kill, happens
/// to its client alone.</summary>
/// <remarks>
/// The lecture counts its children in a variable that the loop and the handler of SIGCHLD both change, and blocks the
/// signal around each change of the loop's (sigprocmask), since a change in the middle of another one would be lost. Here no
/// handler counts. The runtime reaps each child upon SIGCHLD, so that no zombie stays, and then puts it into a queue; the
/// loop alone takes it out and counts. What only one thread touches can't be raced for.
/// </remarks>
[SupportedOSPlatform("linux")]
internal sealed class ProcessesModel : IModel
{
    private readonly ServerOptions options;
    private readonly Log log;
    private readonly Gate gate;
    private readonly GraceTime grace;
    private readonly Bell wanted = new();
    private readonly BlockingCollection<Process> ended = [];
    private int processes;

    /// <param name="options">What the children are told.</param>
    /// <param name="log">Is told what goes wrong.</param>
    public ProcessesModel(ServerOptions options, Log log)
    {
        (this.options, this.log) = (options, log);
        gate = new(log, () => processes);
        grace = new(options.Grace, log, () => processes);
    }

    public bool Serve(IReadOnlyList<Listener> listeners)
    {
        gate.Open(listeners);
        while (WaitForAvailableProcess() && gate.Accept() is { } client)
        {
            using (client) // the parent's copy is closed, or its descriptors would run out
                StartChild(client);
        }
        while (processes > 0)
            Reap(ended.Take());
        return true;
    }

    public void Stop()
    {
        grace.Start();
        gate.Close();
    }

    public void Dispose()
    {
        grace.Dispose();
        gate.Dispose();
        wanted.Dispose();
        ended.Dispose();
    }

    /// <summary>Waits until one more child may live; false if the gate is closed. Where none may and somebody waits, a
    /// client that idles between two requests is asked for its place.</summary>
    private bool WaitForAvailableProcess()
    {
        while (ended.TryTake(out var child))
            Reap(child);
        if (processes < options.MaxProcesses)
            return true;
        if (!gate.WaitForClient())
            return false;
        wanted.Ring();
        Reap(ended.Take());
        wanted.TryTake(); // the child may have ended by itself
        return true;
    }

    private void Reap(Process child)
    {
        processes--;
        if (child.ExitCode != ExitCode.Succeeded)
            log.ChildFailed(child.ExitCode);
        child.Dispose();
    }

    private void StartChild(Connection client)
    {
        try
        {
            ChildProcess.Start(
                ChildCommand.WebClient,
                [client.Slot.Socket!, gate.Closing.Socket, wanted.Socket],
                ChildOptions.Of(options),
                ended.Add
            );
            processes++;
        }
        catch (Win32Exception failure)
        {
            // The system has no process left. This client is let go; the next one may fare better.
            log.ChildNotStarted(failure);
        }
    }
}
