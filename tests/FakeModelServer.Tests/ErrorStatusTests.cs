using System.ClientModel;
using System.Text.Json.Nodes;
using Anthropic.Exceptions;
using Microsoft.Extensions.AI;
using OpenAI.Chat;

namespace FakeModelServer.Tests;

public sealed class ErrorStatusTests : FakeServerTest
{
    [Theory]
    [InlineData(400, typeof(AnthropicBadRequestException), "invalid_request_error")]
    [InlineData(401, typeof(AnthropicUnauthorizedException), "authentication_error")]
    [InlineData(403, typeof(AnthropicForbiddenException), "permission_error")]
    [InlineData(404, typeof(AnthropicNotFoundException), "not_found_error")]
    [InlineData(413, typeof(AnthropicContentTooLargeException), "request_too_large")]
    [InlineData(429, typeof(AnthropicRateLimitException), "rate_limit_error")]
    [InlineData(500, typeof(Anthropic5xxException), "api_error")]
    [InlineData(529, typeof(AnthropicOverloadedException), "overloaded_error")]
    public async Task GetResponseAsync_AnthropicFails_ThrowsTheSdksExceptionForTheStatus(int status, Type exceptionType, string errorType)
    {
        Server.Enqueue(ModelReply.Fail(status));
        using var client = Clients.CreateAnthropicChat(Server);

        var exception = await Record.ExceptionAsync(() => client.GetResponseAsync("Weather?", cancellationToken: TestToken));

        Assert.IsType(exceptionType, exception);
        var apiException = Assert.IsAssignableFrom<AnthropicApiException>(exception);
        var body = JsonNode.Parse(apiException.ResponseBody)!;
        Assert.Equal(status, (int)apiException.StatusCode);
        Assert.Equal(
            ("error", errorType, "req_fake000001"),
            ((string?)body["type"], (string?)body["error"]!["type"], (string?)body["request_id"]));
    }

    [Theory]
    [InlineData(400, "invalid_request_error", null)]
    [InlineData(401, "invalid_request_error", "invalid_api_key")]
    [InlineData(403, "invalid_request_error", "unsupported_country_region_territory")]
    [InlineData(404, "invalid_request_error", "model_not_found")]
    [InlineData(429, "requests", "rate_limit_exceeded")]
    [InlineData(500, "server_error", null)]
    [InlineData(529, "service_unavailable", null)]
    public async Task CompleteChatAsync_OpenAIFails_ThrowsWithTheProtocolsErrorBody(int status, string type, string? code)
    {
        Server.Enqueue(ModelReply.Fail(status));

        var exception = await Assert.ThrowsAsync<ClientResultException>(
            () => Clients.CreateOpenAIChat(Server).CompleteChatAsync([new UserChatMessage("Weather?")], null, TestToken));

        var error = JsonNode.Parse(exception.GetRawResponse()!.Content)!["error"]!;
        Assert.Equal((status, type, code), (exception.Status, (string?)error["type"], (string?)error["code"]));
    }

    [Fact]
    public async Task CompleteChatStreamingAsync_OpenAIFails_ThrowsBeforeTheFirstUpdate()
    {
        Server.Enqueue(ModelReply.Fail(429));

        var exception = await Assert.ThrowsAsync<ClientResultException>(async () => await Clients.CreateOpenAIChat(Server)
            .CompleteChatStreamingAsync([new UserChatMessage("Weather?")], null, TestToken).ToListAsync(TestToken));

        Assert.Equal(429, exception.Status);
    }

    [Fact]
    public async Task CreateResponseAsync_OpenAIFails_ThrowsWithTheStatus()
    {
        Server.Enqueue(ModelReply.Fail(500));

        var exception = await Assert.ThrowsAsync<ClientResultException>(
            () => Clients.CreateResponses(Server).CreateResponseAsync("o4-mini", "Weather?", null, TestToken));

        Assert.Equal(500, exception.Status);
    }

    [Fact]
    public async Task GenerateEmbeddingAsync_OpenAIFails_ThrowsWithTheStatus()
    {
        Server.Enqueue(ModelReply.Fail(401));

        var exception = await Assert.ThrowsAsync<ClientResultException>(
            () => Clients.CreateEmbeddings(Server).GenerateEmbeddingAsync("sun", null, TestToken));

        Assert.Equal(401, exception.Status);
    }

    [Fact]
    public async Task CompleteChatAsync_ErrorTextsScripted_AreOnTheWire()
    {
        var error = new ModelError { Status = 400, Message = "Too long.", Type = "my_type", Code = "my_code" };
        Server.Enqueue(new ModelReply { Error = error });

        var exception = await Assert.ThrowsAsync<ClientResultException>(
            () => Clients.CreateOpenAIChat(Server).CompleteChatAsync([new UserChatMessage("Weather?")], null, TestToken));

        Assert.Equal(
            """{"error":{"message":"Too long.","type":"my_type","param":null,"code":"my_code"}}""",
            exception.GetRawResponse()!.Content.ToString());
    }

    [Fact]
    public async Task GetStreamingResponseAsync_ErrorAfterAPiece_ThrowsAfterThatPiece()
    {
        Server.Enqueue(ModelReply.Say("One ", "two") with { Error = new ModelError { Status = 529, AfterPieces = 1 } });
        using var client = Clients.CreateAnthropicChat(Server);
        var text = string.Empty;

        var exception = await Assert.ThrowsAsync<AnthropicSseException>(async () =>
        {
            await foreach (var update in client.GetStreamingResponseAsync("Weather?", cancellationToken: TestToken))
            {
                text += update.Text;
            }
        });

        Assert.Equal("One ", text);
        Assert.Contains("overloaded_error", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CreateResponseStreamingAsync_ErrorAfterAPiece_EndsWithAnErrorUpdate()
    {
        Server.Enqueue(ModelReply.Say("One ", "two") with { Error = new ModelError { Message = "Broken.", AfterPieces = 1 } });

        var updates = await Clients.CreateResponses(Server)
            .CreateResponseStreamingAsync("o4-mini", "Weather?", null, TestToken).ToListAsync(TestToken);

        var error = Assert.IsType<OpenAI.Responses.StreamingResponseErrorUpdate>(updates[^1]);
        Assert.Equal(("Broken.", "server_error", updates.Count - 1), (error.Message, error.Code, error.SequenceNumber));
    }

    [Fact]
    public async Task Post_ChatStreamWithErrorAfterAPiece_EndsWithTheErrorObject()
    {
        Server.Enqueue(ModelReply.Say("One ", "two") with { Error = new ModelError { Message = "Broken.", AfterPieces = 1 } });
        using var http = new HttpClient { BaseAddress = Server.BaseAddress };
        using var content = new StringContent("""{"model": "m", "stream": true}""");

        var response = await http.PostAsync(new Uri("/v1/chat/completions", UriKind.Relative), content, TestToken);
        var text = await response.Content.ReadAsStringAsync(TestToken);

        Assert.EndsWith(
            "data: {\"error\":{\"message\":\"Broken.\",\"type\":\"server_error\",\"param\":null,\"code\":null}}\n\n",
            text,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("")]
    public async Task Post_BodyIsNoObject_AnswersBadRequestAndKeepsTheQueue(string body)
    {
        Server.Enqueue(ModelReply.Say("later"));
        using var http = new HttpClient { BaseAddress = Server.BaseAddress };
        using var content = new StringContent(body);

        var response = await http.PostAsync(new Uri("/v1/messages", UriKind.Relative), content, TestToken);

        Assert.Equal((400, 1), ((int)response.StatusCode, Server.QueuedReplies));
    }

    [Theory]
    [InlineData("/v1/messages", "request-id")]
    [InlineData("/v1/chat/completions", "x-request-id")]
    [InlineData("/v1/responses", "x-request-id")]
    [InlineData("/v1/embeddings", "x-request-id")]
    public async Task Post_AnswerAndFailure_BothCarryTheRequestId(string path, string header)
    {
        Server.Enqueue(ModelReply.Say("x"), ModelReply.Fail(500));
        using var http = new HttpClient { BaseAddress = Server.BaseAddress };
        var ids = new List<string>();

        for (var call = 0; call < 2; call++)
        {
            using var content = new StringContent("{}");
            var response = await http.PostAsync(new Uri(path, UriKind.Relative), content, TestToken);
            ids.AddRange(response.Headers.GetValues(header));
        }

        Assert.Equal(["req_fake000001", "req_fake000002"], ids);
    }
}
