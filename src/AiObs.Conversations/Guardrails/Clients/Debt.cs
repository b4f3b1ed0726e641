using Microsoft.Extensions.AI;

namespace AiObs.Conversations.Guardrails.Clients;

/// <summary>What a service that keeps the history is to get with the results of a loop.</summary>
/// <param name="Results">The results of refused calls, under the ids that the service knows.</param>
/// <param name="Ids">The ids that the service knows, by those that calls were given.</param>
internal sealed record Debt(IReadOnlyList<FunctionResultContent> Results, IReadOnlyDictionary<string, string> Ids)
{
    /// <summary>Puts the results before those of the loop.</summary>
    public IReadOnlyList<ChatMessage> AddTo(IReadOnlyList<ChatMessage> messages)
    {
        List<ChatMessage> paid = [];
        IEnumerable<AIContent> owed = Results;
        foreach (var message in messages)
        {
            if (message.Role != ChatRole.Tool)
            {
                paid.Add(message);
                continue;
            }

            paid.Add(Redactor.With(message, [.. owed, .. message.Contents.Select(content => content is FunctionResultContent result ? Known(result) : content)]));
            owed = [];
        }

        return owed.Any() ? [new(ChatRole.Tool, [.. owed]), .. paid] : paid;
    }

    /// <summary>Returns a result under the id that the service knows.</summary>
    public FunctionResultContent Known(FunctionResultContent result) => !Ids.TryGetValue(result.CallId, out var id) ? result : new(id, result.Result)
    {
        Exception = result.Exception,
        AdditionalProperties = result.AdditionalProperties,
    };
}
