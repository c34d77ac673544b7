namespace Coroutines;

/// <summary>The promise that something will be posted; disposing of it, on any thread, ends it.</summary>
internal sealed class ExpectedPosts : IDisposable
{
    private readonly Action end;
    private int hasEnded;

    public ExpectedPosts(Mailbox mailbox, Action wake)
    {
        mailbox.Expect();
        end = () =>
        {
            mailbox.Unexpect();
            wake(); // the poll under way may be one that now would never end
        };
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref hasEnded, 1) == 0)
            end();
    }
}
