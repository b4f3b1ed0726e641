namespace AiObs.Soak.Faults;

/// <summary>Is something that goes wrong while the load runs, and comes right again.</summary>
internal interface IFault
{
    string Name { get; }

    /// <summary>Lets it go wrong and come right.</summary>
    Task RunAsync();
}
