using AiObs.Events;
using AiObs.Operations;
using AiObs.Pipeline;
using Microsoft.Extensions.AI;

namespace AiObs.Chat;

/// <summary>Notes the tool calls that models ask for: the agent around the call counts them, and some are no work of a tool, but hand the work to another agent.</summary>
internal sealed class RequestedCalls(OperationPipeline pipeline)
{
    /// <summary>Tells whether it matters to anybody which tools the model asks for.</summary>
    public static bool AreWanted(ChatOperation operation) =>
        operation.FindAgentRun() is not null || (!operation.IsMuted && operation.Observers is { Any: true });

    /// <summary>Notes the calls of a response.</summary>
    public void Note(ChatOperation operation, IList<ChatMessage> messages)
    {
        if (!AreWanted(operation))
        {
            return;
        }

        for (var m = 0; m < messages.Count; m++)
        {
            var contents = messages[m].Contents;
            for (var c = 0; c < contents.Count; c++)
            {
                if (contents[c] is FunctionCallContent call)
                {
                    Note(operation, call);
                }
            }
        }
    }

    /// <summary>Notes the calls of a stream; <see langword="null"/> where nobody wanted to know.</summary>
    public void Note(ChatOperation operation, IReadOnlyList<FunctionCallContent>? calls)
    {
        foreach (var call in calls ?? [])
        {
            Note(operation, call);
        }
    }

    private void Note(ChatOperation operation, FunctionCallContent call)
    {
        var agent = operation.FindAgentRun();
        agent?.ToolCalls.Add(call);
        if (!operation.IsMuted && Handoff.Read(call.Name, agent?.Name, operation) is { } handoff)
        {
            pipeline.Audience.Noticed(handoff);
        }
    }
}
