using Microsoft.Extensions.AI;

namespace AiObs.Operations;

/// <summary>What an <see cref="ICallGate"/> gives to a call that it lets through. It is told of what the call delivers, and of its end once.</summary>
/// <remarks>The methods are called on the caller's thread, one at a time. It outlives the call where the model goes on in the background.</remarks>
public abstract class CallTicket
{
    internal static readonly TimeSpan DefaultCloseTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Gets what the gate is called in <c>aiobs.stream.outcome</c> where it ended a stream.</summary>
    public abstract string Name { get; }

    /// <summary>Gets a value indicating whether the gate may end the call's stream early. Where it may not, the stream stays the provider's own object.</summary>
    public virtual bool LimitsStream => false;

    /// <summary>Gets how long the end of a stream that the gate ended waits for the provider's stream to close.</summary>
    /// <value>The default is 5 seconds.</value>
    public virtual TimeSpan CloseTimeout => DefaultCloseTimeout;

    /// <summary>Gets a value indicating whether the last update was the last one that the gate lets through; asked before the next one is.</summary>
    public virtual bool IsExhausted => false;

    /// <summary>Takes each update of a stream, once, as it is delivered.</summary>
    /// <param name="update">The update.</param>
    public virtual void Take(ChatResponseUpdate update)
    {
    }

    /// <summary>Takes a piece of a tool call as the protocol delivers it, ahead of the update that has the call as a whole and stands in place of its pieces.</summary>
    /// <param name="piece">The name of the tool, or a part of its arguments.</param>
    public virtual void TakePiece(string piece)
    {
    }

    /// <summary>Takes the answer of a call that is no stream.</summary>
    /// <param name="response">The answer.</param>
    public virtual void Note(ChatResponse response)
    {
    }

    /// <summary>Called where the call returns before the model has answered: what was asked need not be kept, and <see cref="Settle"/> comes with the answer, if that is fetched.</summary>
    public virtual void Defer()
    {
    }

    /// <summary>Called once when the call has ended, before its span, metrics and observers hear of that.</summary>
    /// <param name="ended">The call, with its usage and outcome.</param>
    /// <returns>What it cost; <see langword="null"/> where the gate does not say.</returns>
    public abstract CallCost? Settle(ModelOperation ended);

    /// <summary>Called once, instead of <see cref="Settle"/>, where the call was not made after all.</summary>
    public virtual void Release()
    {
    }
}
