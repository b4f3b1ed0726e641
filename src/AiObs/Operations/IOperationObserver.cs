namespace AiObs.Operations;

/// <summary>Hears of every operation; it can never change the call that it hears of.</summary>
/// <remarks>
/// All methods run on the caller's thread: do little, queue the rest. What they throw is counted in <c>aiobs.faults</c>,
/// logged once and otherwise ignored.
/// </remarks>
public interface IOperationObserver
{
    /// <summary>Called when an operation starts; its request is known, its outcome is <see cref="OperationOutcome.Running"/>.</summary>
    /// <param name="operation">The operation.</param>
    void Started(AgentOperation operation);

    /// <summary>Called once when the operation has ended, before its span is closed.</summary>
    /// <param name="operation">The operation.</param>
    void Completed(AgentOperation operation);

    /// <summary>Called when a policy refused a call, or warned of it; does nothing unless implemented. A refused call is no operation, so the other methods do not hear of it.</summary>
    /// <param name="violation">What was violated.</param>
    void Violated(PolicyViolation violation)
    {
    }

    /// <summary>Called when something happened beside the operations that is worth an event.</summary>
    /// <param name="notice">What happened.</param>
    internal void Noticed(Notice notice)
    {
    }

    /// <summary>Gets a value indicating whether <see cref="Updated"/> is to be called; asked when a stream starts.</summary>
    /// <value>The default is <see langword="false"/>: most streams have hundreds of updates.</value>
    bool WantsUpdates => false;

    /// <summary>Called for each update of a stream, where <see cref="WantsUpdates"/> says so; does nothing unless implemented.</summary>
    /// <param name="operation">The running operation; <see cref="ChatOperation.ChunkCount"/> counts this update.</param>
    /// <param name="elapsed">The time since the request.</param>
    void Updated(ChatOperation operation, TimeSpan elapsed)
    {
    }
}
