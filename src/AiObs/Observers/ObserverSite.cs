namespace AiObs.Observers;

/// <summary>The client that a line of a pipeline is to put observation on.</summary>
/// <param name="Name">Its type, or that of the client in an observer, by which messages name it.</param>
/// <param name="IsObserver">Whether it is an observer itself.</param>
/// <param name="IsCached">Whether a cache is inside of it, so that not every answer comes from the model.</param>
/// <param name="Root">The root that it has, observed or not; <see langword="null"/> where it has none.</param>
internal readonly record struct ObserverSite(string Name, bool IsObserver, bool IsCached, AgentObservability? Root);
