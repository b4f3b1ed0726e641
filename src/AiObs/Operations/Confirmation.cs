namespace AiObs.Operations;

/// <summary>What has still to be confirmed of one piece of work before its caller may go on.</summary>
internal abstract class Confirmation
{
    /// <summary>Waits; throws where it was not confirmed and the application asked for that.</summary>
    public abstract ValueTask ConfirmAsync(CancellationToken cancellationToken);

    /// <summary>Waits and only logs failures, for work whose result or exception must reach the caller.</summary>
    public abstract ValueTask SettleAsync(CancellationToken cancellationToken);

    /// <summary>Waits for nobody, where there is no way to wait.</summary>
    public abstract void Forgo();
}
