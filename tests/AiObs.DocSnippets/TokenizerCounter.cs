using AiObs.Memory;
using Microsoft.Extensions.AI;

namespace AiObs.DocSnippets;

#region snippet:memory-tokenizer
internal sealed class TokenizerCounter(string model, Func<string, int> countTokens) : ITokenCounter
{
    // Four tokens stand around each message; what is no text is left to the estimate.
    public int Count(ChatMessage message, string? ofModel) =>
        IsExact(ofModel) && message.Contents.All(content => content is TextContent) ? countTokens(message.Text) + 4 : ITokenCounter.Estimate.Count(message, ofModel);

    public bool IsExact(string? ofModel) => ofModel == model;
}
#endregion
