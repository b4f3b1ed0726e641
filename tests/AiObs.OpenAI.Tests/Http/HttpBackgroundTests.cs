using System.Net.Http.Json;
using System.Text.Json;
using AiObs.Cost;
using AiObs.Cost.Budgets;
using AiObs.Operations;
using FakeModelServer;
using Microsoft.Extensions.DependencyInjection;

namespace AiObs.OpenAI.Tests.Http;

/// <summary>Responses that run in the background: created by one request, and asked for until they are done.</summary>
public sealed class HttpBackgroundTests
{
    private static CancellationToken TestToken => TestContext.Current.CancellationToken;

    private static ModelReply Priced => ModelReply.Say("Sun", "ny.") with { Usage = new() { InputTokens = 1_000, OutputTokens = 100 } };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Response_AskedForUntilItIsDone_IsASpanWithTheAnswerThatIsPaidForOnce(bool isSync)
    {
        await using var http = await StartAsync();
        http.Server.Enqueue(Priced with { PendingPolls = 1 });

        var id = await CreateAsync(http, isSync);
        Assert.Equal(("queued", null), (http.Span.GetTagItem("aiobs.response.status"), http.Span.GetTagItem("output.value")));
        Assert.Equal(0, http.Root.Costs!.Accumulator.Total.CallCount);
        Assert.Equal("in_progress", await FetchAsync(http, id, isSync));
        Assert.Single(http.Spans.Spans);
        Assert.Equal("completed", await FetchAsync(http, id, isSync));
        Assert.Equal("completed", await FetchAsync(http, id, isSync));

        Assert.Equal(2, http.Spans.Spans.Count);
        var (creation, answer) = (http.Spans.Spans[0], http.Spans.Spans[1]);
        Assert.Equal(("chat gpt-4o", "Sunny.", 1_000L), (answer.DisplayName, answer.GetTagItem("output.value"), answer.GetTagItem("gen_ai.usage.input_tokens")));
        Assert.Equal(creation.Context, Assert.Single(answer.Links).Context);

        // 1,000 at 2.50 and 100 at 10 USD per million.
        var record = Assert.Single((await http.Root.Costs!.Store.ListAsync(CostQuery.All, TestToken)).Records);
        Assert.Equal((0.0035m, CostCompleteness.Exact, answer.SpanId.ToHexString()), (record.Total, record.Completeness, record.SpanId));
    }

    [Fact]
    public async Task Response_FetchedAsAStream_IsPaidForOnce()
    {
        await using var http = await StartAsync();
        http.Server.Enqueue(Priced);
        var id = await CreateAsync(http);

        var text = await http.Client.GetStringAsync($"/v1/responses/{id}?stream=true", TestToken);
        await FetchAsync(http, id);

        Assert.Contains("response.completed", text, StringComparison.Ordinal);
        Assert.Equal(2, http.Spans.Spans.Count);
        Assert.Equal("Sunny.", http.Spans.Spans[1].GetTagItem("output.value"));
        Assert.Equal((0.0035m, 1L), (http.Root.Costs!.Accumulator.Total.Total, http.Root.Costs!.Accumulator.Total.CallCount));
    }

    [Fact]
    public async Task Response_FetchedBySomebodyElse_IsForWhoAsked()
    {
        await using var http = await StartAsync();
        http.Server.Enqueue(Priced);
        string id;
        using (AgentContext.Begin(userId: "ann"))
        {
            id = await CreateAsync(http);
        }

        using (AgentContext.Begin(userId: "bob"))
        {
            await FetchAsync(http, id);
            Assert.Equal("bob", AgentContext.Current?.UserId);
        }

        Assert.Equal("ann", http.Spans.Spans[1].GetTagItem("user.id"));
    }

    [Fact]
    public async Task Response_Cancelled_IsAFailureThatGivesBackWhatWasReserved()
    {
        await using var http = await StartAsync();
        http.Server.Enqueue(Priced);
        var id = await CreateAsync(http);
        Assert.True(Status(http).Reserved >= 1_024);

        using var response = await http.Client.PostAsync($"/v1/responses/{id}/cancel", content: null, TestToken);

        Assert.Equal("response.cancelled", http.Spans.Spans[1].GetTagItem("error.type"));
        Assert.Equal((0m, 0m), (Status(http).Reserved, Status(http).Spent));
    }

    [Fact]
    public async Task Response_OfSomebodyElse_IsHandedOnAsItIs()
    {
        await using var http = await StartAsync();
        http.Server.Enqueue(Priced);
        await CreateAsync(http);

        using var response = await http.Client.GetAsync("/v1/responses/resp_other", TestToken);

        Assert.Equal(System.Net.HttpStatusCode.NotFound, response.StatusCode);
        Assert.Single(http.Spans.Spans);
    }

    private static Task<ObservedHttp> StartAsync() => ObservedHttp.StartAsync(
        ObservedHttp.WithContent,
        static builder => builder.AddCostTracking(static options => options.Budgets.Add(new Budget { Name = "all", TokenLimit = 50_000 })));

    private static BudgetStatus Status(ObservedHttp http) => http.Root.Costs!.Budgets.Find("all", unit: BudgetUnit.Tokens)!;

    private static async Task<string> CreateAsync(ObservedHttp http, bool isSync = false)
    {
        var text = await http.SendAsync(
            WireFormat.Responses, """{"model":"gpt-4o","input":"Weather?","background":true}""", isSync ? CallStyle.Sync : CallStyle.Async);
        return JsonDocument.Parse(text).RootElement.GetProperty("id").GetString()!;
    }

    /// <summary>Asks for a response, and returns its status.</summary>
    private static async Task<string?> FetchAsync(ObservedHttp http, string id, bool isSync = false)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/responses/{id}");
        using var response = isSync ? http.Client.Send(request, TestToken) : await http.Client.SendAsync(request, TestToken);
        return (await response.Content.ReadFromJsonAsync<JsonElement>(TestToken)).GetProperty("status").GetString();
    }
}
