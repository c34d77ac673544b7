namespace Coroutines.Polling;

/// <summary>A descriptor that a poll found ready, and for what.</summary>
/// <param name="Descriptor">One of the watched descriptors.</param>
/// <param name="Interest">The directions in which it is ready; a reset or an error makes it ready in both.</param>
public readonly record struct Readiness(Descriptor Descriptor, Interest Interest);
