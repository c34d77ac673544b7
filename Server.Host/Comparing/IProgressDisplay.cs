namespace Server.Host.Comparing;

/// <summary>Shows how far a comparison has come.</summary>
internal interface IProgressDisplay
{
    /// <summary>A step begins.</summary>
    /// <param name="step">Its number, from 1.</param>
    /// <param name="steps">How many there are.</param>
    /// <param name="name">What it does.</param>
    void Begin(int step, int steps, string name);

    /// <summary>There is nothing more to show.</summary>
    void End();
}
