using System.Text.Json;
using AiObs.Operations;
using Microsoft.Extensions.AI;

namespace AiObs.Tests.Operations;

public sealed class ToolCallLedgerTests
{
    private readonly ToolCallLedger _ledger = new();

    [Fact]
    public void Take_SameNameDifferentValues_FindsEachByItsValues()
    {
        Add("c1", "weather", "Rome");
        Add("c2", "weather", "Oslo");

        Assert.Equal("c2", Take("weather", "Oslo"));
        Assert.Equal("c1", Take("weather", "Rome"));
    }

    [Fact]
    public void Take_EqualCalls_TakesEachOnceInOrder()
    {
        Add("c1", "weather", "Rome");
        Add("c2", "weather", "Rome");

        Assert.Equal("c1", Take("weather", "Rome"));
        Assert.Equal("c2", Take("weather", "Rome"));
        Assert.Null(Take("weather", "Rome"));
    }

    [Fact]
    public void Take_OtherValuesAndOnlyOneOfThatName_FindsIt()
    {
        Add("c1", "weather", "Rome");
        Add("c2", "news", "Oslo");

        Assert.Equal("c1", Take("weather", "Roma"));
    }

    [Fact]
    public void Take_OtherValuesAndSeveralOfThatName_DoesNotGuess()
    {
        Add("c1", "weather", "Rome");
        Add("c2", "weather", "Oslo");

        Assert.Null(Take("weather", "Bern"));
    }

    [Fact]
    public void Take_OtherName_FindsNothing()
    {
        Add("c1", "weather", "Rome");

        Assert.Null(Take("news", "Rome"));
    }

    [Fact]
    public void Take_JsonValuesPassedOn_FindsByThem()
    {
        using var document = JsonDocument.Parse("""{"a":{"city":"Rome"},"b":{"city":"Oslo"}}""");
        object rome = document.RootElement.GetProperty("a");
        object oslo = document.RootElement.GetProperty("b");
        _ledger.Add(new FunctionCallContent("c1", "weather", new Dictionary<string, object?> { ["where"] = rome }));
        _ledger.Add(new FunctionCallContent("c2", "weather", new Dictionary<string, object?> { ["where"] = oslo }));

        Assert.Equal("c2", _ledger.Take("weather", new Dictionary<string, object?> { ["where"] = oslo }));
    }

    [Fact]
    public void Take_NoArgumentsOnEitherSide_FindsIt()
    {
        _ledger.Add(new FunctionCallContent("c1", "now"));
        _ledger.Add(new FunctionCallContent("c2", "now", new Dictionary<string, object?> { ["zone"] = "CET" }));

        Assert.Equal("c1", _ledger.Take("now", new AIFunctionArguments()));
    }

    [Fact]
    public void Remove_KnownId_LeavesTheOthers()
    {
        Add("c1", "weather", "Rome");
        Add("c2", "weather", "Oslo");

        _ledger.Remove("c2");
        _ledger.Remove("c9");

        Assert.Equal("c1", Take("weather", "Bern"));
    }

    [Fact]
    public void TakeAnswered_AnsweredInThePlaceOfTheTool_IsGoneAndNotCounted()
    {
        Add("c1", "weather", "Rome");
        Add("c2", "news", "Oslo");
        Add("c3", "pay", "Bern");
        ChatMessage[] told =
        [
            new(ChatRole.Tool, [new FunctionResultContent("c1", "Not run") { Exception = new Refusal(wasNotRun: true) }, new FunctionResultContent("c2", "failed") { Exception = new Refusal(wasNotRun: false) }]),
        ];

        Assert.Equal(["news"], _ledger.TakeAnswered(told));
        Assert.Empty(_ledger.TakeAnswered(told));
        Assert.Null(Take("weather", "Rome"));
        Assert.Equal("c3", Take("pay", "Bern"));
    }

    [Fact]
    public void Add_BeyondItsCapacity_ForgetsTheOldest()
    {
        for (var i = 0; i <= 256; i++)
        {
            Add($"c{i}", "weather", $"city {i}");
        }

        Assert.Null(Take("weather", "city 0"));
        Assert.Equal("c1", Take("weather", "city 1"));
        Assert.Equal("c256", Take("weather", "city 256"));
    }

    [Fact]
    public async Task Take_FromManyThreads_GivesEachIdOnce()
    {
        for (var i = 0; i < 100; i++)
        {
            Add($"c{i}", "weather", "Rome");
        }

        var ids = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Task.Run(() => Take("weather", "Rome"))));

        Assert.Equal(100, ids.OfType<string>().Distinct().Count());
    }

    private void Add(string id, string name, string city) =>
        _ledger.Add(new FunctionCallContent(id, name, new Dictionary<string, object?> { ["city"] = city }));

    private string? Take(string name, string city) => _ledger.Take(name, new AIFunctionArguments { ["city"] = city });

    private sealed class Refusal(bool wasNotRun) : Exception, IToolNotRun
    {
        bool IToolNotRun.IsToolNotRun => wasNotRun;
    }
}
