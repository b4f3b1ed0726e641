namespace AiObs.Store.Events;

/// <summary>Up to where retention has dropped a writer's events, and from which hash the rest goes on.</summary>
/// <param name="Head">The last event that was dropped.</param>
/// <param name="Seal">The hash over it: without the key nobody can make one that fits.</param>
internal sealed record ChainCheckpoint(ChainHead Head, byte[] Seal);
