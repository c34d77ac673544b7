namespace Server.Host.Debugger;

/// <summary>A server that is studied, as who looks at it and steers it knows it.</summary>
/// <param name="Model">Its model, such as <c>coroutines</c>.</param>
/// <param name="Stepper">Has it stand still, and go on.</param>
/// <param name="Network">Its connections.</param>
/// <param name="Hog">Tells who keeps its loop; null if nobody watches that.</param>
internal sealed record Study(string Model, IStepper Stepper, Network Network, Hog? Hog)
{
    /// <summary>Something is to be shown that wasn't before. Raised on any thread.</summary>
    public event Action? Changed
    {
        add
        {
            Stepper.Brake.Changed += value;
            Stepper.Breakpoints.Changed += value;
            Stepper.Glanced += value;
            if (Hog is not null)
                Hog.Changed += value;
        }
        remove
        {
            Stepper.Brake.Changed -= value;
            Stepper.Breakpoints.Changed -= value;
            Stepper.Glanced -= value;
            if (Hog is not null)
                Hog.Changed -= value;
        }
    }
}
