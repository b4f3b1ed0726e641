using System.Text.Json;
using AiObs;
using Microsoft.Extensions.AI;
using OpenAI.Chat;

namespace WeatherAgent.Assistant;

/// <summary>Offers the tools of the assistant to the SDK, and runs them: each leaves a span of its own.</summary>
internal sealed class RawTools(AgentObservability observability)
{
    private readonly List<AIFunction> _functions = [.. WeatherTools.Create().OfType<AIFunction>().Select(tool => tool.Observed(observability))];

    public ChatCompletionOptions CreateOptions()
    {
        var options = new ChatCompletionOptions { MaxOutputTokenCount = WeatherAssistant.MaxOutputTokens };
        foreach (var function in _functions)
        {
            options.Tools.Add(ChatTool.CreateFunctionTool(
                function.Name, function.Description, BinaryData.FromString(function.JsonSchema.GetRawText())));
        }

        return options;
    }

    public async Task<ToolChatMessage> RunAsync(ChatToolCall call, CancellationToken cancellationToken)
    {
        if (_functions.Find(function => function.Name == call.FunctionName) is not { } function)
        {
            return new ToolChatMessage(call.Id, $"Error: there is no tool '{call.FunctionName}'.");
        }

        try
        {
            var arguments = JsonSerializer.Deserialize<Dictionary<string, object?>>(call.FunctionArguments);
            var result = await function.InvokeAsync(new AIFunctionArguments(arguments), cancellationToken);

            return new ToolChatMessage(call.Id, JsonSerializer.Serialize(result, AIJsonUtilities.DefaultOptions));
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // The model decides what to do about it.
            return new ToolChatMessage(call.Id, $"Error: {exception.Message}");
        }
    }
}
