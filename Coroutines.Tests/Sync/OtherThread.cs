namespace Coroutines.Tests.Sync;

/// <summary>Another thread than the scheduler's.</summary>
internal static class OtherThread
{
    /// <summary>Runs an action there, to its end.</summary>
    /// <returns>What it threw, if it did.</returns>
    public static Exception? Run(Action action)
    {
        Exception? thrown = null;
        var thread = new Thread(() => thrown = Record(action));
        thread.Start();
        thread.Join();
        return thrown;
    }

    private static Exception? Record(Action action)
    {
        try
        {
            action();
            return null;
        }
        catch (Exception failure)
        {
            return failure;
        }
    }
}
