using System.Text.Json;
using System.Text.RegularExpressions;
using FakeModelServer;
using SupportDesk.Assistant;

namespace SupportDesk.Model;

/// <summary>Plays the model: has the desk's tools find out what the question is about, then says what they said.</summary>
internal static partial class ScriptedModel
{
    private const long PrefixTokens = 620;
    private const long TokensPerMessage = 45;

    private static readonly TimeSpan ThinkingTime = TimeSpan.FromMilliseconds(120);
    private static readonly TimeSpan PieceTime = TimeSpan.FromMilliseconds(25);

    public static ModelReply Reply(ModelRequest request)
    {
        var results = request.NewToolResults;
        var reply = results.Count > 0 ? Say(string.Join(' ', results.Select(Describe))) : Ask(request.LastUserText);

        return reply with { Usage = CreateUsage(request, reply), Delay = ThinkingTime, PieceDelay = PieceTime };
    }

    private static ModelReply Ask(string question)
    {
        var orders = OrderPattern().Matches(question).Select(match => match.Value).Distinct().ToList();
        if (orders.Count == 0)
        {
            return Call(SupportTools.SearchArticles, new { query = question });
        }

        return question.Contains("refund", StringComparison.OrdinalIgnoreCase)
            ? new ModelReply { ToolCalls = [.. orders.SelectMany(order => Call(SupportTools.RefundOrder, new { orderId = order, reason = question }).ToolCalls)] }
            : new ModelReply { ToolCalls = [.. orders.SelectMany(order => Call(SupportTools.LookUpOrder, new { orderId = order }).ToolCalls)] };
    }

    private static ModelReply Call(string tool, object arguments) => ModelReply.Call(tool, JsonSerializer.Serialize(arguments));

    private static ModelReply Say(string text) => ModelReply.Say([.. WordPattern().Matches(text).Select(match => match.Value)]);

    /// <summary>Says in a sentence what a tool answered: an order, a refund, or articles.</summary>
    private static string Describe(ModelToolResult result)
    {
        try
        {
            using var document = JsonDocument.Parse(result.Text);

            return document.RootElement switch
            {
                { ValueKind: JsonValueKind.Array } articles => DescribeArticles(articles),
                { ValueKind: JsonValueKind.Object } answer when answer.TryGetProperty("refundId", out var refund) =>
                    $"I have refunded ${answer.GetProperty("amount").GetDecimal()} for order {answer.GetProperty("orderId").GetString()}; the reference is {refund.GetString()}.",
                { ValueKind: JsonValueKind.Object } order =>
                    $"Order {order.GetProperty("id").GetString()}, {order.GetProperty("item").GetString()}, is {order.GetProperty("status").GetString()}.",
                var other => other.ToString(),
            };
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return $"I am sorry, that did not work. {result.Text}";
        }
    }

    private static string DescribeArticles(JsonElement articles) => articles.GetArrayLength() == 0
        ? "I found nothing about that. Ask me about deliveries, returns, refunds or payments, or name the number of an order."
        : articles[0].GetProperty("text").GetString()!;

    /// <summary>Counts as with a prompt cache: the first call writes instructions and tools into it, the others read them.</summary>
    private static ModelUsage CreateUsage(ModelRequest request, ModelReply reply)
    {
        var isFirst = request.Messages.All(message => message.Role != "assistant");

        return new ModelUsage
        {
            InputTokens = PrefixTokens + (request.Messages.Count * TokensPerMessage),
            CacheWriteTokens = isFirst ? PrefixTokens : 0,
            CacheReadTokens = isFirst ? 0 : PrefixTokens,
            OutputTokens = (reply.Text.Count + (reply.ToolCalls.Count * 5)) * 3,
        };
    }

    [GeneratedRegex(@"\b\d{4}\b")]
    private static partial Regex OrderPattern();

    [GeneratedRegex(@"\S+\s*")]
    private static partial Regex WordPattern();
}
