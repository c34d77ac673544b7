using System.Net;
using System.Net.Sockets;
using Server.Host.Debugger;
using Server.Host.Models;

namespace Server.Host.Echo;

/// <summary>Runs the echo server of one model, until the process is told to stop.</summary>
internal static class EchoServer
{
    /// <summary>Serves until SIGTERM or Ctrl+C, and returns the exit code.</summary>
    /// <remarks>It listens at 127.0.0.1 alone: it is there to be tried out, and an echo that is open to a network can be
    /// made to talk to others.</remarks>
    public static int Run(EchoOptions options)
    {
        try
        {
            using var listener = Listen(options.Port);
            // Nothing of a client's is kept that could be lost: its lines have been sent back, or it has the rest.
            using var signals = new StopSignals(() => Environment.Exit(ExitCode.Succeeded));
            var server = ServerOf(options);
            Announce(listener, options);
            server.Serve(listener);
            return ExitCode.Succeeded;
        }
        catch (StartException wrong)
        {
            Console.Error.WriteLine(wrong.Message);
            return ExitCode.Failed;
        }
    }

    private static EchoListener Listen(int port)
    {
        try
        {
            return new EchoListener(new IPEndPoint(IPAddress.Loopback, port));
        }
        catch (SocketException refused)
        {
            throw new StartException(Listening.Explain(refused, port));
        }
    }

    private static IEchoServer ServerOf(EchoOptions options) =>
        options.Model switch
        {
            Model.Iterative => new IterativeEcho(),
            Model.Processes when OperatingSystem.IsLinux() => new ProcessesEcho(options.MaxProcesses),
            Model.Processes => throw new StartException(
                "--model processes needs Linux; --model threads works everywhere."
            ),
            Model.Threads => new ThreadsEcho(options.MaxThreads),
            Model.Events => new EventsEcho(),
            _ when options.Debugger is { } debugger => new StudiedEcho(options, debugger),
            _ => new CoroutinesEcho(),
        };

    private static void Announce(EchoListener listener, EchoOptions options)
    {
        var port = listener.LocalEndPoint.Port;
        Console.WriteLine(
            $"Echoing lines at tcp://localhost:{port} by {options.Model}: nc localhost {port} (Ctrl+C stops)"
        );
    }
}
