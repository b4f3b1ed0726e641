using Microsoft.Extensions.AI;

/// <summary>A model that asks for a tool once, and repeats what the tool said.</summary>
internal sealed class AskingClient : IChatClient
{
    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var result = messages.SelectMany(static message => message.Contents).OfType<FunctionResultContent>().LastOrDefault();
        AIContent content = result is null
            ? new FunctionCallContent("call-1", options!.Tools![0].Name, new Dictionary<string, object?> { ["city"] = "Oslo" })
            : new TextContent($"It is {result.Result} degrees.");

        return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, [content])));
    }

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("It is not asked to stream.");

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceType == typeof(ChatClientMetadata) ? new ChatClientMetadata("asking", defaultModelId: "asker") : null;

    public void Dispose()
    {
    }
}
