using Microsoft.Extensions.AI;

namespace AiObs.Operations;

/// <summary>A call that a function loop has run, and whose result it has yet to tell.</summary>
/// <param name="operation">The operation, which runs until the result is told; its end time stands already.</param>
/// <param name="call">What the model asked for: the object that the loop works with.</param>
/// <param name="messages">The list of messages that the loop sends next.</param>
internal abstract class UnansweredTool(ToolOperation operation, FunctionCallContent call, IEnumerable<ChatMessage> messages)
{
    /// <summary>Gets the operation.</summary>
    public ToolOperation Operation { get; } = operation;

    /// <summary>Gets the id of the call. It is unique in one answer of one model, and nowhere else.</summary>
    public string Id => call.CallId;

    /// <summary>Ends the operation with what the loop told.</summary>
    public abstract void Answer(FunctionResultContent result);

    /// <summary>Ends the operation of a call that nobody was told the result of.</summary>
    /// <param name="thrown">What the work around the loop threw; <see langword="null"/> where it did not, or nobody knows.</param>
    /// <param name="isCancelled">Whether the caller cancelled it.</param>
    public abstract void End(Exception? thrown, bool isCancelled);

    /// <summary>Finds the result of this very call.</summary>
    /// <param name="told">What the loop sends, or answers.</param>
    /// <param name="isOnlyOne">Whether no other call of that id waits.</param>
    public FunctionResultContent? FindResult(IEnumerable<ChatMessage> told, bool isOnlyOne)
    {
        var isKnown = false;
        FunctionResultContent? last = null;
        foreach (var content in told.SelectMany(static message => message.Contents))
        {
            if (ReferenceEquals(content, call))
            {
                // Its result comes after it; those before are of other calls.
                return FindAfter(told);
            }

            isKnown |= content is FunctionCallContent other && other.CallId == Id;
            last = content is FunctionResultContent result && result.CallId == Id ? result : last;
        }

        return ReferenceEquals(told, messages) || (isOnlyOne && !isKnown) ? last : null;
    }

    /// <summary>Finds the result in a part of a stream: its id has to do.</summary>
    public FunctionResultContent? FindResult(ChatResponseUpdate update) =>
        update.Contents.OfType<FunctionResultContent>().FirstOrDefault(result => result.CallId == Id);

    private FunctionResultContent? FindAfter(IEnumerable<ChatMessage> told) => told
        .SelectMany(static message => message.Contents)
        .SkipWhile(content => !ReferenceEquals(content, call))
        .OfType<FunctionResultContent>()
        .FirstOrDefault(result => result.CallId == Id);
}
