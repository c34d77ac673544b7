using System.Net;
using System.Net.Sockets;
using Coroutines;

namespace Server.Host.Echo;

/// <summary>Runs the echo server of one model, until the process is told to stop.</summary>
internal static class EchoServer
{
    /// <summary>The names of the models, the default first.</summary>
    public static readonly string[] Models = ["coroutines", "iterative", "processes", "threads", "events"];

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
            "iterative" => new IterativeEcho(),
            "processes" when OperatingSystem.IsLinux() => new ProcessesEcho(options.MaxProcesses),
            "processes" => throw new StartException("--model processes needs Linux; --model threads works everywhere."),
            "threads" => new ThreadsEcho(options.MaxThreads),
            "events" => new EventsEcho(),
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
