using System.Net;
using AiObs.Operations;
using AiObs.TestSupport;

namespace AiObs.Dashboard.Tests.Conversations;

/// <summary>Applications choose the ids of conversations: whatever they are, the list leads to each.</summary>
public sealed class ConversationLinkTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory(Timeout = HangGuard.Milliseconds)]
    [InlineData("c-42")]
    [InlineData("a/b")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("../../traces")]
    [InlineData("%2F")]
    [InlineData("a?b=c#d&e=f+g h")]
    [InlineData("a\\b")]
    [InlineData("//evil.example/x")]
    [InlineData("javascript:alert(1)")]
    [InlineData("\"><script>alert(1)</script>")]
    [InlineData("日本 \u202E😀\0")]
    public async Task Link_OfAnyId_LeadsToItsConversation(string id)
    {
        await using var host = await DashboardHost.StartAsync();
        var first = DateTimeOffset.UtcNow.AddMinutes(-5);
        await host.Traces.AppendAsync(
            [.. Enumerable.Range(1, 101).Select(number => Spans.Make(number, 1, time: first.AddSeconds(number), kind: OperationKind.Chat, name: $"call {number}.") with { ConversationId = id })], Token);

        var list = await host.GetAsync("/conversations");
        var conversation = await FollowAsync(host, list, "<td class=\"wide\"><a href=\"");
        var later = await FollowAsync(host, conversation, "<a rel=\"next\" href=\"");

        Assert.Contains("<bdi>call 1.</bdi>", conversation, StringComparison.Ordinal);
        Assert.Contains("<bdi>call 101.</bdi>", later, StringComparison.Ordinal);
        Assert.DoesNotContain("<bdi>call 1.</bdi>", later, StringComparison.Ordinal);
    }

    [Theory(Timeout = HangGuard.Milliseconds)]
    [InlineData("/conversations/chat")]
    [InlineData("/conversations/chat?id=")]
    [InlineData("/conversations/chat?id=nobody")]
    public async Task Conversation_ThatIsNotThere_Is404(string path)
    {
        await using var host = await DashboardHost.StartAsync();
        await host.Traces.AppendAsync([Spans.Make(1, 1, kind: OperationKind.Chat) with { ConversationId = "c-42" }, Spans.Make(2, 1, kind: OperationKind.Chat)], Token);

        using var response = await host.SendAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    private static async Task<string> FollowAsync(DashboardHost host, string page, string before)
    {
        var start = page.IndexOf(before, StringComparison.Ordinal);
        Assert.True(start >= 0, page);
        var link = WebUtility.HtmlDecode(page[(start + before.Length)..].Split('"')[0]);
        using var response = await host.SendRawAsync(link);
        var text = await response.Content.ReadAsStringAsync(Token);
        Assert.True(response.IsSuccessStatusCode, $"{link}: {(int)response.StatusCode} {text}");
        return text;
    }
}
