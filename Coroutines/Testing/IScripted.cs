using Coroutines.Polling;

namespace Coroutines.Testing;

/// <summary>Something whose readiness a script decides.</summary>
internal interface IScripted
{
    /// <summary>Lets come what comes by the next poll, and tells for what it is ready then.</summary>
    Interest Poll();
}
