using AiObs.Memory;
using Microsoft.Extensions.AI;

namespace AiObs.Conversations.Turns;

/// <summary>Counts what goes to a model beside the messages: instructions and tools.</summary>
internal static class RequestOverhead
{
    public static int Of(ChatOptions? options, MemoryRequest request)
    {
        if (options is null or { Instructions: null, Tools: null or { Count: 0 } })
        {
            return 0;
        }

        var tools = options.Tools?.Select(static tool => tool is AIFunctionDeclaration function ? $"{tool.Name} {tool.Description} {function.JsonSchema.GetRawText()}" : $"{tool.Name} {tool.Description}") ?? [];
        return (request.TokenCounter ?? ITokenCounter.Estimate).Count(new(ChatRole.System, string.Join('\n', [options.Instructions ?? "", .. tools])), request.Model ?? options.ModelId);
    }
}
