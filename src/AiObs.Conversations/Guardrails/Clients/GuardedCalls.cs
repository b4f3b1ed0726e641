using AiObs.Guardrails;
using Microsoft.Extensions.AI;

namespace AiObs.Conversations.Guardrails.Clients;

/// <summary>What is done about the calls of one answer of a model.</summary>
internal sealed class GuardedCalls
{
    private readonly Dictionary<string, string> _ids = new(StringComparer.Ordinal);

    /// <summary>Gets what stands in the place of contents.</summary>
    public Dictionary<AIContent, AIContent> Replaced { get; } = new(ReferenceEqualityComparer.Instance);

    /// <summary>Gets the answers to refused calls, by the message that has the calls.</summary>
    public Dictionary<ChatMessage, ChatMessage> Answers { get; } = new(ReferenceEqualityComparer.Instance);

    /// <summary>Gets the first refusal; <see langword="null"/> where no call is refused.</summary>
    public GuardrailFinding? Refusal { get; private set; }

    /// <summary>Gets or sets a value indicating whether a call is left for the loop.</summary>
    public bool HasOpen { get; set; }

    /// <summary>Gets what a service that keeps the history is owed; <see langword="null"/> where that is nothing.</summary>
    public Debt? Debt
    {
        get
        {
            var debt = new Debt([], _ids);
            FunctionResultContent[] results = [.. Answers.Values.SelectMany(static answer => answer.Contents).OfType<FunctionResultContent>().Select(debt.Known)];
            return results.Length == 0 && _ids.Count == 0 ? null : debt with { Results = results };
        }
    }

    /// <summary>Gives a call another id.</summary>
    /// <returns>The call itself where it has that id.</returns>
    public FunctionCallContent Rename(FunctionCallContent call, string id)
    {
        if (id == call.CallId)
        {
            return call;
        }

        _ids[id] = call.CallId;
        return Copy(call, id, isInformational: false);
    }

    /// <summary>Answers a call in the place of its tool. The flag keeps loops from running it, and so does the result, where a client between loses the flag.</summary>
    /// <param name="message">The message that has the call.</param>
    /// <param name="call">The call as the model wrote it.</param>
    /// <param name="id">The id that it has now.</param>
    /// <param name="finding">Why it is refused.</param>
    /// <param name="reason">What the model reads.</param>
    public void Refuse(ChatMessage message, FunctionCallContent call, string id, GuardrailFinding finding, string reason)
    {
        Refusal ??= finding;
        Replaced[call] = Copy(call, id, isInformational: true);
        if (!Answers.TryGetValue(message, out var answer))
        {
            Answers[message] = answer = new(ChatRole.Tool, []) { MessageId = Guid.NewGuid().ToString("N") };
        }

        answer.Contents.Add(new FunctionResultContent(id, $"Not run: {reason}") { Exception = new GuardrailException(finding) });
    }

    /// <summary>Copies a call. Under another id its raw form, which has the old one, goes.</summary>
    private static FunctionCallContent Copy(FunctionCallContent call, string id, bool isInformational) => new(id, call.Name, call.Arguments)
    {
        Exception = call.Exception,
        InformationalOnly = isInformational,
        AdditionalProperties = call.AdditionalProperties,
        RawRepresentation = id == call.CallId ? call.RawRepresentation : null,
    };
}
