using System.ClientModel.Primitives;
using AiObs.Operations;

namespace AiObs.OpenAI.Pipeline;

/// <summary>Marks a message that is observed, so that a second observation of the same options leaves it alone.</summary>
/// <param name="Owner">The policy that observes it.</param>
/// <param name="Operation">The operation that it belongs to.</param>
internal sealed record CallMark(PipelinePolicy Owner, ModelOperation Operation)
{
    /// <summary>Gets a value indicating whether the operation is still under way: policies further out may send a message again.</summary>
    public bool IsOpen => Operation.Outcome == OperationOutcome.Running;

    public static CallMark? Find(PipelineMessage message) =>
        message.TryGetProperty(typeof(CallMark), out var mark) ? mark as CallMark : null;

    public void PutOn(PipelineMessage message) => message.SetProperty(typeof(CallMark), this);
}
