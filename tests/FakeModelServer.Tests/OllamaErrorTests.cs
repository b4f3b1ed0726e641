using System.Net;
using Microsoft.Extensions.AI;
using OllamaSharp.Models.Exceptions;

namespace FakeModelServer.Tests;

public sealed class OllamaErrorTests : FakeServerTest
{
    [Theory]
    [InlineData("/api/chat", 400, "invalid request")]
    [InlineData("/api/chat", 404, "model 'mistral' not found")]
    [InlineData("/api/chat", 429, "too many requests")]
    [InlineData("/api/chat", 500, "model runner failed")]
    [InlineData("/api/chat", 503, "server busy")]
    [InlineData("/api/embed", 400, "invalid request")]
    [InlineData("/api/embed", 404, "model 'mistral' not found")]
    [InlineData("/api/embed", 500, "model runner failed")]
    public async Task Post_FailureScripted_AnswersWithTheProtocolsErrorBody(string path, int status, string message)
    {
        Server.Enqueue(ModelReply.Fail(status));

        var response = await PostAsync(path, """{"model": "mistral"}""");

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal($$"""{"error":"{{message}}"}""", await response.Content.ReadAsStringAsync(TestToken));
    }

    [Theory]
    [InlineData("/api/chat")]
    [InlineData("/api/embed")]
    public async Task Post_BodyIsNoObject_AnswersBadRequestAndKeepsTheQueue(string path)
    {
        Server.Enqueue(ModelReply.Say("later"));

        var response = await PostAsync(path, "not json");

        Assert.Equal((400, 1), ((int)response.StatusCode, Server.QueuedReplies));
        Assert.Equal("""{"error":"The body is not a JSON object."}""", await response.Content.ReadAsStringAsync(TestToken));
    }

    [Fact]
    public async Task Post_RateLimited_AnnouncesWhenToRetry()
    {
        Server.Enqueue(ModelReply.Fail(429, retryAfterSeconds: 7));

        var response = await PostAsync("/api/chat", """{"model": "mistral"}""");

        Assert.Equal(TimeSpan.FromSeconds(7), response.Headers.RetryAfter?.Delta);
    }

    [Theory]
    [InlineData(HttpStatusCode.NotFound)]
    [InlineData(HttpStatusCode.TooManyRequests)]
    [InlineData(HttpStatusCode.InternalServerError)]
    public async Task GetResponseAsync_Fails_ThrowsWithTheStatus(HttpStatusCode status)
    {
        Server.Enqueue(ModelReply.Fail((int)status));
        using var client = Clients.CreateOllamaChat(Server);

        var exception = await Assert.ThrowsAsync<HttpRequestException>(
            () => client.GetResponseAsync("Weather?", cancellationToken: TestToken));

        Assert.Equal(status, exception.StatusCode);
    }

    [Fact]
    public async Task GetResponseAsync_BadRequest_ThrowsTheSdksExceptionWithTheText()
    {
        Server.Enqueue(new ModelReply { Error = new ModelError { Status = 400, Message = "Too long." } });
        using var client = Clients.CreateOllamaChat(Server);

        var exception = await Assert.ThrowsAsync<OllamaException>(
            () => client.GetResponseAsync("Weather?", cancellationToken: TestToken));

        Assert.Equal("Too long.", exception.Message);
    }

    [Fact]
    public async Task GetStreamingResponseAsync_Fails_ThrowsBeforeTheFirstUpdate()
    {
        Server.Enqueue(ModelReply.Fail(500));
        using var client = Clients.CreateOllamaChat(Server);

        var exception = await Assert.ThrowsAsync<HttpRequestException>(
            async () => await client.GetStreamingResponseAsync("Weather?", cancellationToken: TestToken).ToListAsync(TestToken));

        Assert.Equal(HttpStatusCode.InternalServerError, exception.StatusCode);
    }

    [Fact]
    public async Task GenerateAsync_ModelIsUnknown_ThrowsWithTheStatus()
    {
        Server.Enqueue(ModelReply.Fail(404));
        using var generator = Clients.CreateOllamaEmbeddings(Server);

        var exception = await Assert.ThrowsAsync<HttpRequestException>(
            () => generator.GenerateAsync(["sun"], cancellationToken: TestToken));

        Assert.Equal(HttpStatusCode.NotFound, exception.StatusCode);
    }

    [Fact]
    public async Task Post_StreamWithErrorAfterAPiece_EndsWithTheErrorLine()
    {
        Server.Enqueue(ModelReply.Say("One ", "two") with { Error = new ModelError { Message = "Broken.", AfterPieces = 1 } });

        var response = await PostAsync("/api/chat", """{"model": "mistral"}""");
        var lines = (await response.Content.ReadAsStringAsync(TestToken)).Split('\n');

        Assert.Equal(200, (int)response.StatusCode);
        Assert.Contains("\"content\":\"One \"", lines[0], StringComparison.Ordinal);
        Assert.Equal(["""{"error":"Broken."}""", string.Empty], lines[1..]);
    }

    [Fact]
    public async Task GetStreamingResponseAsync_ErrorAfterAPiece_EndsWithoutReasonAndUsageInTheSdk()
    {
        Server.Enqueue(ModelReply.Say("One ", "two") with { Error = new ModelError { Message = "Broken.", AfterPieces = 1 } });
        using var client = Clients.CreateOllamaChat(Server);

        var response = await client.GetStreamingResponseAsync("Weather?", cancellationToken: TestToken).ToChatResponseAsync(TestToken);

        Assert.Equal(("One ", null, null), (response.Text, response.FinishReason, response.Usage));
        Assert.Equal(RequestOutcome.Answered, await Server.Requests[0].Finished);
    }

    private async Task<HttpResponseMessage> PostAsync(string path, string body)
    {
        using var http = new HttpClient { BaseAddress = Server.BaseAddress };
        using var content = new StringContent(body);

        return await http.PostAsync(new Uri(path, UriKind.Relative), content, TestToken);
    }
}
