using System.Net;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SupportDesk.Tests;

/// <summary>Is somebody who talks to the desk over HTTP, as the page does.</summary>
internal sealed class DeskVisitor : IDisposable
{
    private readonly HttpClient _http;

    private DeskVisitor(HttpClient http) => _http = http;

    public required string Id { get; init; }

    private static CancellationToken TestToken => TestContext.Current.CancellationToken;

    public static async Task<DeskVisitor> EnterAsync(Uri address)
    {
        var http = new HttpClient { BaseAddress = address };
        var session = await (await http.PostAsync("api/session", null, TestToken)).Content.ReadFromJsonAsync<JsonObject>(TestToken);

        return new DeskVisitor(http) { Id = session!["user"]!.GetValue<string>() };
    }

    public async Task<JsonObject> ReadSessionAsync() =>
        (await (await _http.PostAsync("api/session", null, TestToken)).Content.ReadFromJsonAsync<JsonObject>(TestToken))!;

    public async Task<string> StartConversationAsync()
    {
        var response = await _http.PostAsync("api/conversations", null, TestToken);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);

        return (await response.Content.ReadFromJsonAsync<JsonObject>(TestToken))!["id"]!.GetValue<string>();
    }

    /// <summary>Asks and reads the whole answer: each event as its type and its data.</summary>
    public async Task<IReadOnlyList<string>> AskAsync(string conversation, string question)
    {
        List<string> events = [];
        await foreach (var item in StreamAsync(conversation, question))
        {
            events.Add(item);
        }

        return events;
    }

    /// <summary>Asks and reads the answer as it comes; leaving the loop is leaving the desk.</summary>
    public async IAsyncEnumerable<string> StreamAsync(string conversation, string question)
    {
        using var response = await SendAsync(conversation, JsonContent.Create(new { text = question }));
        Assert.Equal((HttpStatusCode.OK, "text/event-stream"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        await using var body = await response.Content.ReadAsStreamAsync(TestToken);
        await foreach (var item in SseParser.Create(body).EnumerateAsync(TestToken))
        {
            yield return $"{item.EventType} {item.Data}";
        }
    }

    public Task<HttpResponseMessage> SendAsync(string conversation, HttpContent content) => _http.SendAsync(
        new HttpRequestMessage(HttpMethod.Post, $"api/conversations/{conversation}/messages") { Content = content },
        HttpCompletionOption.ResponseHeadersRead,
        TestToken);

    public Task<HttpResponseMessage> GetAsync(string path) => _http.GetAsync(path, TestToken);

    public Task<HttpResponseMessage> LeaveAsync() => _http.DeleteAsync("api/session", TestToken);

    public void Dispose() => _http.Dispose();

    /// <summary>Returns what the last event of an answer says.</summary>
    public static JsonNode DoneOf(IReadOnlyList<string> events) =>
        JsonNode.Parse(events[^1].Split(' ', 2) is ["done", var data] ? data : throw new InvalidOperationException($"The last event is {events[^1]}"))!;

    /// <summary>Returns the text that an answer says, its pieces joined.</summary>
    public static string TextOf(IReadOnlyList<string> events) => string.Concat(
        events.Where(static item => item.StartsWith("text ", StringComparison.Ordinal)).Select(static item => JsonDocument.Parse(item[5..]).RootElement.GetProperty("delta").GetString()));
}
