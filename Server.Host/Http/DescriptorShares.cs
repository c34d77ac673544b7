using System.Runtime.InteropServices;

namespace Server.Host.Http;

/// <summary>Who may take which descriptors of the process. The system gives the lowest number that is free (POSIX, 2.14): the
/// higher it is, the fewer are left, and the more it must matter what it is for.</summary>
/// <remarks>The last ones are the runtime's. It takes two for each thread that it starts (even to handle a signal) and for each
/// part of it that it loads, and ends the process if there are none.</remarks>
/// <param name="Cached">Below this number files are kept open though nobody is sent them: that saves no more than time.</param>
/// <param name="Clients">Below this number clients are let in.</param>
/// <param name="Answers">Below this number files are kept open to be sent to those who are in.</param>
internal readonly record struct DescriptorShares(int Cached, int Clients, int Answers)
{
    // What the runtime loads until somebody is served, and what a worker opens: its poller, its waker, two listeners.
    private const int ServerCount = 32;
    private const int OfEachWorker = 4;

    private const int Many = 1_000;

    // A request takes three for a moment.
    private const int MinCount = 16;
    private const int CountOfEach = 4;

    /// <param name="workers">How many threads serve requests: each may let somebody in before it sees where the others are.
    /// </param>
    public static DescriptorShares Of(int workers)
    {
        var limit = DescriptorLimit.OfThisProcess;
        var count = Math.Max(MinCount, CountOfEach * workers);
        return new(limit - (2 * count), limit - count, limit - (count / 2));
    }

    /// <summary>Whether nobody would be let in, asked before the server has opened what it needs itself.</summary>
    /// <remarks>The runtime doesn't say so by itself: it fails at whichever of its parts it loads next.</remarks>
    public bool AreTooFewToServe(int workers)
    {
        if (Clients > Many)
            return false;
        using var next = File.OpenHandle("/dev/null");
        return next.DangerousGetHandle() + ServerCount + (OfEachWorker * workers) > Clients;
    }

    public bool AllowCached(SafeHandle file) => file.DangerousGetHandle() < Cached;

    public bool AllowClient(SafeHandle socket) => socket.DangerousGetHandle() < Clients;

    public bool AllowAnswer(SafeHandle file) => file.DangerousGetHandle() < Answers;
}
