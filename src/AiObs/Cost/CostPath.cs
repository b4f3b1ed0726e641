namespace AiObs.Cost;

/// <summary>What a client that opens no operations passes down to those of ours that do.</summary>
internal sealed class CostPath(CostTracking own, CostTracking? replaced)
{
    private readonly CostScope _scope = new(own, replaced);

    /// <summary>Gets what is passed down: what a client further out passed to this one, if one did, else this one's own.</summary>
    public CostScope Scope =>
        CostScope.Choose(own) is { } chosen && !ReferenceEquals(chosen, own) ? new(chosen, replaced) : _scope;
}
