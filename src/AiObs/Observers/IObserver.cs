namespace AiObs.Observers;

/// <summary>A client that observes its calls.</summary>
internal interface IObserver
{
    /// <summary>Gets what it observes with.</summary>
    ObserverParts Parts { get; }
}
