using AiObs.Guardrails;
using Microsoft.Extensions.AI;

namespace AiObs.Conversations.Guardrails.Clients;

/// <summary>Puts one tool message with all its results behind each message with calls: a guard answers refused calls, its loop the others, in a message of its own or behind another call.</summary>
internal sealed class ResultOrder
{
    private readonly List<ChatMessage> _ordered = [];
    private readonly List<(FunctionResultContent Result, GuardrailException Refused)> _second = [];
    private readonly HashSet<AIContent> _placed = new(ReferenceEqualityComparer.Instance);

    private ResultOrder(IReadOnlyList<ChatMessage> messages)
    {
        var answers = Match(messages);
        for (var index = 0; index < messages.Count; index++)
        {
            var message = messages[index];
            if (message.Role == ChatRole.Tool)
            {
                AddRest(message);
                continue;
            }

            _ordered.Add(message);
            if (answers.TryGetValue(message, out var results))
            {
                // What is in order stays the same object.
                var next = index + 1 < messages.Count ? messages[index + 1] : null;
                var isInOrder = next?.Role == ChatRole.Tool && next.Contents.Count == results.Count && next.Contents.All(content => content is FunctionResultContent result && results.Contains(result, ReferenceEqualityComparer.Instance));
                _ordered.Add(isInOrder ? next! : new(ChatRole.Tool, [.. results]));
            }
        }
    }

    /// <summary>Puts messages in order.</summary>
    /// <returns>The messages, and the results of calls that a guard had refused: somebody ran them nevertheless. They are left out, as any second result is.</returns>
    public static (IReadOnlyList<ChatMessage> Messages, IReadOnlyList<(FunctionResultContent Result, GuardrailException Refused)> WereRun) Restore(IReadOnlyList<ChatMessage> messages)
    {
        if (!messages.Any(static message => message.Role == ChatRole.Tool))
        {
            return (messages, []);
        }

        var order = new ResultOrder(messages);
        return (order._ordered, order._second);
    }

    /// <summary>Finds the results of each message with calls, in the order of the calls. Ids may be used again later on, so that a result belongs to the call before it.</summary>
    private Dictionary<ChatMessage, List<FunctionResultContent>> Match(IReadOnlyList<ChatMessage> messages)
    {
        var answers = new Dictionary<ChatMessage, List<FunctionResultContent>>(ReferenceEqualityComparer.Instance);
        var calls = new Dictionary<string, (ChatMessage Caller, FunctionResultContent? Answer)>(StringComparer.Ordinal);
        foreach (var (message, content) in messages.SelectMany(static message => message.Contents, static (message, content) => (message, content)))
        {
            switch (content)
            {
                case FunctionCallContent call:
                    calls[call.CallId] = (message, null);
                    break;
                case FunctionResultContent result when message.Role != ChatRole.Tool:
                    // The service ran it, and its result stands where it belongs.
                    calls.Remove(result.CallId);
                    break;
                case FunctionResultContent result when calls.TryGetValue(result.CallId, out var called):
                    _placed.Add(result);
                    if (called.Answer is null)
                    {
                        calls[result.CallId] = (called.Caller, result);
                        answers.TryAdd(called.Caller, []);
                        answers[called.Caller].Add(result);
                    }
                    else if (called.Answer.Exception is GuardrailException { IsToolNotRun: true } refused)
                    {
                        _second.Add((result, refused));
                    }

                    break;
            }
        }

        foreach (var (message, results) in answers.Where(static pair => pair.Value.Count > 1))
        {
            var ids = message.Contents.OfType<FunctionCallContent>().Select(static call => call.CallId).ToList();
            results.Sort((first, second) => ids.IndexOf(first.CallId).CompareTo(ids.IndexOf(second.CallId)));
        }

        return answers;
    }

    /// <summary>Adds what a tool message has beside results that stand elsewhere now.</summary>
    private void AddRest(ChatMessage message)
    {
        var rest = message.Contents.Where(content => !_placed.Contains(content)).ToList();
        if (rest.Count == message.Contents.Count)
        {
            _ordered.Add(message);
        }
        else if (rest.Count > 0)
        {
            _ordered.Add(Redactor.With(message, rest));
        }
    }
}
