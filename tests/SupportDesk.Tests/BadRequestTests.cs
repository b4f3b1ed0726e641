using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace SupportDesk.Tests;

/// <summary>Sends what the desk cannot take; each answer says why.</summary>
public sealed class BadRequestTests
{
    private static CancellationToken TestToken => TestContext.Current.CancellationToken;

    public static TheoryData<string, string, string> Bodies => new()
    {
        { "{\"text\":", "application/json", "The body must be JSON such as {\"text\":\"Where is my order 1001?\"}." },
        { "[]", "application/json", "The body must be JSON such as {\"text\":\"Where is my order 1001?\"}." },
        { "{\"text\":5}", "application/json", "The body must be JSON such as {\"text\":\"Where is my order 1001?\"}." },
        { "null", "application/json", "The question has no text." },
        { "{}", "application/json", "The question has no text." },
        { "{\"text\":\" \\n\"}", "application/json", "The question has no text." },
        { "{\"text\":\"Hi\"}", "text/plain", "The content type must be application/json." },
        { $"{{\"text\":\"{new string('a', 2_001)}\"}}", "application/json", "The question has 2,001 characters; 2,000 are allowed." },
        { $"{{\"text\":\"{new string('a', 20_000)}\"}}", "application/json", "The body is too large, or does not come whole." },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task Question_ThatIsNone_IsRefusedWithTheReason(string body, string contentType, string reason)
    {
        await using var desk = await RunningDesk.StartAsync();
        using var visitor = await desk.EnterAsync();

        var response = await visitor.SendAsync(await visitor.StartConversationAsync(), new StringContent(body, Encoding.UTF8, contentType));

        Assert.Equal((HttpStatusCode.BadRequest, reason), (response.StatusCode, await ReasonOfAsync(response)));
        Assert.Empty(desk.Model.Requests);
    }

    [Fact]
    public async Task Question_AsLongAsAllowed_IsAnswered()
    {
        await using var desk = await RunningDesk.StartAsync();
        using var visitor = await desk.EnterAsync();
        desk.Model.Enqueue(Replies.Say("That was long."));

        Assert.Equal("That was long.", DeskVisitor.TextOf(await visitor.AskAsync(await visitor.StartConversationAsync(), new string('a', 2_000))));
    }

    [Fact]
    public async Task Question_InAnotherVisitorsConversation_IsNotFound()
    {
        await using var desk = await RunningDesk.StartAsync();
        using var visitor = await desk.EnterAsync();
        using var stranger = await desk.EnterAsync();

        var response = await stranger.SendAsync(await visitor.StartConversationAsync(), new StringContent("{\"text\":\"Hi\"}", Encoding.UTF8, "application/json"));

        Assert.Equal((HttpStatusCode.NotFound, "There is no such conversation. POST /api/conversations starts one."), (response.StatusCode, await ReasonOfAsync(response)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("support-desk=forged")]
    public async Task Request_WithoutASession_IsRefusedWithTheRemedy(string? cookie)
    {
        await using var desk = await RunningDesk.StartAsync();
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(desk.Address, "api/conversations"));
        request.Headers.Add("Cookie", cookie is null ? [] : [cookie]);

        var response = await http.SendAsync(request, TestToken);

        Assert.Equal((HttpStatusCode.Unauthorized, "POST /api/session lets you in."), (response.StatusCode, await ReasonOfAsync(response)));
    }

    [Fact]
    public async Task Request_UnderAnotherHostName_IsRefused()
    {
        await using var desk = await RunningDesk.StartAsync();
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, desk.Address);
        request.Headers.Host = "desk.example";

        Assert.Equal(HttpStatusCode.BadRequest, (await http.SendAsync(request, TestToken)).StatusCode);
    }

    [Fact]
    public async Task Page_OfTheDesk_MayLoadItsOwnFilesAlone()
    {
        await using var desk = await RunningDesk.StartAsync();
        using var http = new HttpClient();

        var response = await http.GetAsync(desk.Address, TestToken);

        Assert.Equal(
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
            Assert.Single(response.Headers.GetValues("Content-Security-Policy")));
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
    }

    private static async Task<string?> ReasonOfAsync(HttpResponseMessage response) =>
        (string?)JsonNode.Parse(await response.Content.ReadAsStringAsync(TestToken))!["detail"];
}
