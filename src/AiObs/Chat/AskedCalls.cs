using AiObs.Operations;
using AiObs.Pipeline;
using AiObs.Recording;
using Microsoft.Extensions.AI;

namespace AiObs.Chat;

/// <summary>Notes the calls of tools that a model asks for: some are no work of a tool, but hand the work to another agent.</summary>
internal static class AskedCalls
{
    /// <summary>Notes those of an answer, without an allocation for the many that ask for none.</summary>
    public static void Note(ChatOperation operation, IList<ChatMessage> messages, OperationAudience audience)
    {
        for (var i = 0; i < messages.Count; i++)
        {
            var contents = messages[i].Contents;
            for (var j = 0; j < contents.Count; j++)
            {
                if (contents[j] is FunctionCallContent call)
                {
                    Note(operation, call, audience);
                }
            }
        }
    }

    /// <summary>Notes one.</summary>
    public static void Note(ChatOperation operation, FunctionCallContent call, OperationAudience audience)
    {
        var agent = operation.FindAgentRun();
        agent?.ToolCalls.Add(call);
        if (!operation.IsMuted && Handoff.Read(call.Name, agent?.Name, operation) is { } handoff)
        {
            audience.Noticed(handoff);
        }
    }
}
