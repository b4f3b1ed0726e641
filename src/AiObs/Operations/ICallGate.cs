namespace AiObs.Operations;

/// <summary>Lets model calls start or refuses them, may end their streams, and says what they cost. The one thing that may change a call, because the application asked for it.</summary>
/// <remarks>
/// Each admitted call is settled or released once. What a gate throws beside <see cref="CallRefusedException"/> is counted in <c>aiobs.faults</c>, and the call goes on
/// as if the gate were not there. Several gates are asked in the order in which they were added.
/// </remarks>
public interface ICallGate
{
    /// <summary>Called before a call is made, and before its span is opened.</summary>
    /// <param name="request">The call.</param>
    /// <param name="cancellationToken">The caller's token.</param>
    /// <returns>What follows the call to its end; <see langword="null"/> where the gate has no more to do with it.</returns>
    /// <exception cref="CallRefusedException">The call may not be made.</exception>
    ValueTask<CallTicket?> AdmitAsync(CallRequest request, CancellationToken cancellationToken);

    /// <summary>Called for a call that is made elsewhere, by another library or by code that is only traced, so that there is nothing to refuse.</summary>
    /// <param name="request">The call, which may have ended.</param>
    /// <returns>What is settled when the call has ended; <see langword="null"/> where the gate has nothing to do with it.</returns>
    CallTicket? Adopt(CallRequest request);
}
