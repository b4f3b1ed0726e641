using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using OpenAI.Chat;
using SdkMessage = OpenAI.Chat.ChatMessage;

namespace AiObs.OpenAI.Tests;

/// <summary>A chat client over the SDK's own, as Microsoft's adapter is one: just as much of it as the comparison needs.</summary>
internal sealed class SdkChatClient(ChatClient inner, Uri endpoint, string model) : IChatClient
{
    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<Microsoft.Extensions.AI.ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var completion = (await inner.CompleteChatAsync(messages.SelectMany(ToSdk), ToSdk(options), cancellationToken)).Value;
        List<AIContent> contents = [.. completion.Content.Select(static part => new TextContent(part.Text))];
        contents.AddRange(completion.ToolCalls.Select(static call => ToCall(call.Id, call.FunctionName, call.FunctionArguments.ToString())));
        return new ChatResponse(new Microsoft.Extensions.AI.ChatMessage(ChatRole.Assistant, contents))
        {
            ResponseId = completion.Id,
            ModelId = completion.Model,
            FinishReason = ToReason(completion.FinishReason),
            Usage = ToUsage(completion.Usage),
        };
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<Microsoft.Extensions.AI.ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        SortedDictionary<int, (string Id, string Name, StringBuilder Arguments)> calls = [];
        await foreach (var chunk in inner.CompleteChatStreamingAsync(messages.SelectMany(ToSdk), ToSdk(options), cancellationToken))
        {
            var update = new ChatResponseUpdate(ChatRole.Assistant, [.. chunk.ContentUpdate.Select(static part => new TextContent(part.Text))])
            {
                ResponseId = chunk.CompletionId,
                ModelId = chunk.Model,
                FinishReason = ToReason(chunk.FinishReason),
            };
            foreach (var call in chunk.ToolCallUpdates)
            {
                calls.TryAdd(call.Index, (call.ToolCallId, call.FunctionName, new StringBuilder()));
                calls[call.Index].Arguments.Append(call.FunctionArgumentsUpdate);
            }

            if (chunk.FinishReason is not null)
            {
                foreach (var (id, name, arguments) in calls.Values)
                {
                    update.Contents.Add(ToCall(id, name, arguments.ToString()));
                }
            }

            if (ToUsage(chunk.Usage) is { } usage)
            {
                update.Contents.Add(new UsageContent(usage));
            }

            yield return update;
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceType == typeof(ChatClientMetadata) ? new ChatClientMetadata("openai", endpoint, model) : null;

    public void Dispose()
    {
    }

    private static IEnumerable<SdkMessage> ToSdk(Microsoft.Extensions.AI.ChatMessage message) => message.Role.Value switch
    {
        "system" => [new SystemChatMessage(message.Text)],
        "user" => [new UserChatMessage(message.Text)],
        "tool" => message.Contents.OfType<FunctionResultContent>().Select(static result => new ToolChatMessage(result.CallId, $"{result.Result}")),
        _ => [ToAssistant(message)],
    };

    private static AssistantChatMessage ToAssistant(Microsoft.Extensions.AI.ChatMessage message)
    {
        var calls = message.Contents.OfType<FunctionCallContent>()
            .Select(static call => ChatToolCall.CreateFunctionToolCall(
                call.CallId, call.Name, BinaryData.FromString(JsonSerializer.Serialize(call.Arguments))))
            .ToList();
        return calls.Count == 0 ? new AssistantChatMessage(message.Text) : new AssistantChatMessage(calls);
    }

    private static ChatCompletionOptions ToSdk(ChatOptions? options)
    {
        var converted = new ChatCompletionOptions
        {
            Temperature = options?.Temperature,
            TopP = options?.TopP,
            MaxOutputTokenCount = options?.MaxOutputTokens,
            Seed = options?.Seed,
            ResponseFormat = options?.ResponseFormat is ChatResponseFormatJson
                ? global::OpenAI.Chat.ChatResponseFormat.CreateJsonObjectFormat()
                : null,
        };
        foreach (var stop in options?.StopSequences ?? [])
        {
            converted.StopSequences.Add(stop);
        }

        foreach (var tool in options?.Tools?.OfType<AIFunctionDeclaration>() ?? [])
        {
            converted.Tools.Add(ChatTool.CreateFunctionTool(tool.Name, tool.Description, BinaryData.FromString(tool.JsonSchema.GetRawText())));
        }

        return converted;
    }

    private static FunctionCallContent ToCall(string id, string name, string arguments) =>
        new(id, name, JsonSerializer.Deserialize<Dictionary<string, object?>>(arguments));

    private static Microsoft.Extensions.AI.ChatFinishReason? ToReason(global::OpenAI.Chat.ChatFinishReason? reason) => reason switch
    {
        null => null,
        global::OpenAI.Chat.ChatFinishReason.ToolCalls => Microsoft.Extensions.AI.ChatFinishReason.ToolCalls,
        global::OpenAI.Chat.ChatFinishReason.Length => Microsoft.Extensions.AI.ChatFinishReason.Length,
        _ => Microsoft.Extensions.AI.ChatFinishReason.Stop,
    };

    private static UsageDetails? ToUsage(ChatTokenUsage? usage) => usage is null ? null : new UsageDetails
    {
        InputTokenCount = usage.InputTokenCount,
        OutputTokenCount = usage.OutputTokenCount,
        TotalTokenCount = usage.TotalTokenCount,
        CachedInputTokenCount = usage.InputTokenDetails?.CachedTokenCount,
        ReasoningTokenCount = usage.OutputTokenDetails?.ReasoningTokenCount,
        AdditionalCounts = new()
        {
            ["InputTokenDetails.AudioTokenCount"] = usage.InputTokenDetails?.AudioTokenCount ?? 0,
            ["OutputTokenDetails.AudioTokenCount"] = usage.OutputTokenDetails?.AudioTokenCount ?? 0,
            ["OutputTokenDetails.AcceptedPredictionTokenCount"] = usage.OutputTokenDetails?.AcceptedPredictionTokenCount ?? 0,
            ["OutputTokenDetails.RejectedPredictionTokenCount"] = usage.OutputTokenDetails?.RejectedPredictionTokenCount ?? 0,
        },
    };
}
