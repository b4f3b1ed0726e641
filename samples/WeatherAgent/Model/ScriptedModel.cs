using System.Text.Json;
using System.Text.RegularExpressions;
using FakeModelServer;
using WeatherAgent.Assistant;

namespace WeatherAgent.Model;

/// <summary>Plays the model: looks up every city that the question names, then sums up what the tools said.</summary>
internal static partial class ScriptedModel
{
    private const long PrefixTokens = 480;
    private const long TokensPerMessage = 45;
    private const int MildCelsius = 15;

    private static readonly TimeSpan ThinkingTime = TimeSpan.FromMilliseconds(120);
    private static readonly TimeSpan PieceTime = TimeSpan.FromMilliseconds(25);

    public static ModelReply Reply(ModelRequest request)
    {
        var results = request.NewToolResults;
        var reply = results.Count > 0 ? SumUp(results) : LookUp(request.LastUserText);

        return reply with { Usage = CreateUsage(request, reply), Delay = ThinkingTime, PieceDelay = PieceTime };
    }

    private static ModelReply LookUp(string question)
    {
        var cities = CityPattern().Matches(question).Select(match => match.Value).Distinct().ToList();
        if (cities.Count == 0)
        {
            return ModelReply.Say("Which ", "city ", "do ", "you ", "mean? ", "I ", "know ", "Lisbon, ", "Nairobi, ", "Oslo ", "and ", "Tokyo.");
        }

        var tool = question.Contains("tomorrow", StringComparison.OrdinalIgnoreCase) ? "get_forecast" : "get_weather";

        return new ModelReply
        {
            Reasoning = ["I should ", "look up ", $"{string.Join(" and ", cities)}."],
            ToolCalls = [.. cities.Select(city => CallTool(tool, city))],
        };
    }

    private static ModelToolCall CallTool(string tool, string city) =>
        new() { Name = tool, Arguments = ["{\"city\":", $"{JsonSerializer.Serialize(city)}}}"] };

    private static ModelReply SumUp(IReadOnlyList<ModelToolResult> results)
    {
        var reports = results.Select(Read).OfType<WeatherReport>().ToList();
        var text = reports switch
        {
            [] => $"I am sorry, I could not find out. {results[0].Text}",
            [var only] => $"{Describe(only)}. {(only.Celsius < MildCelsius ? "Dress warmly!" : "Enjoy it!")}",
            _ => $"{string.Join("; ", reports.Select(Describe))}. I would go to {reports.MaxBy(report => report.Celsius)!.City}.",
        };

        return ModelReply.Say([.. WordPattern().Matches(text).Select(match => match.Value)]);
    }

    private static string Describe(WeatherReport report) => $"{report.City} has {report.Celsius} °C and {report.Sky}";

    private static WeatherReport? Read(ModelToolResult result)
    {
        try
        {
            return JsonSerializer.Deserialize<WeatherReport>(result.Text, JsonSerializerOptions.Web);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Counts as with a prompt cache: the first call writes instructions and tools into it, the others read them.</summary>
    private static ModelUsage CreateUsage(ModelRequest request, ModelReply reply)
    {
        var isFirst = request.Messages.All(message => message.Role != "assistant");

        return new ModelUsage
        {
            InputTokens = PrefixTokens + (request.Messages.Count * TokensPerMessage),
            CacheWriteTokens = isFirst ? PrefixTokens : 0,
            CacheReadTokens = isFirst ? 0 : PrefixTokens,
            OutputTokens = (reply.Reasoning.Count + reply.Text.Count + (reply.ToolCalls.Count * 5)) * 3,
            ReasoningTokens = reply.Reasoning.Count * 3,
        };
    }

    [GeneratedRegex(@"(?<=\b(?:in|or|and|to) )\p{Lu}[\p{L}'-]*(?: \p{Lu}[\p{L}'-]*)*")]
    private static partial Regex CityPattern();

    [GeneratedRegex(@"\S+\s*")]
    private static partial Regex WordPattern();
}
