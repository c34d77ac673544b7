namespace Coroutines.Sync;

/// <summary>The scheduler that something belongs to: that of the first coroutine which waited for it.</summary>
internal struct Owner
{
    private IRunner? runner;

    /// <summary>Sees to it that all who wait are coroutines of one scheduler.</summary>
    /// <exception cref="InvalidOperationException">This one is of another.</exception>
    public void Admit(IWaiter waiter, object subject)
    {
        var home = waiter.Coroutine!.Home.Runner;
        runner ??= home;
        if (runner != home)
            throw new InvalidOperationException(
                $"{waiter.Coroutine} can't wait for {subject}, which belongs to another scheduler."
            );
    }

    /// <summary>Sees to it that nobody changes it while that scheduler runs on another thread.</summary>
    /// <exception cref="InvalidOperationException">Somebody does.</exception>
    public readonly void Verify(string call, object subject) => runner?.VerifyThread(call, subject);
}
