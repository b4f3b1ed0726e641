using System.Text;
using System.Text.Json.Nodes;
using AiObs.Cost.Units;

namespace AiObs.Cost.Tests.Refresh;

/// <summary>Price tables as their project publishes them: that of the package, and what somebody changed in it.</summary>
internal static class TestTables
{
    /// <summary>The table of the package with a model that it does not know, whose rates depend on the size of a call.</summary>
    public static byte[] WithNewModel { get; } = Changed(static providers => Models(providers, "anthropic").Insert(0, JsonNode.Parse("""
        {
          "id": "claude-haiku-5-5",
          "description": "Texts that the package leaves out.",
          "match": { "starts_with": "claude-haiku-5-5" },
          "prices": {
            "input_mtok": { "base": 0.10, "tiers": [ { "start": 100000, "price": 0.50 } ] },
            "output_mtok": { "base": 0.50, "tiers": [ { "start": 100000, "price": 2.50 } ] }
          }
        }
        """)));

    public static byte[] Changed(Action<JsonArray> change)
    {
        var providers = JsonNode.Parse(EmbeddedPrices.ReadPrices())!.AsArray();
        change(providers);
        return Encoding.UTF8.GetBytes(providers.ToJsonString());
    }

    /// <summary>The table of the package without some of its models.</summary>
    public static byte[] Without(int models) => Changed(providers =>
    {
        foreach (var provider in providers)
        {
            var list = provider!["models"]!.AsArray();
            for (; models > 0 && list.Count > 0; models--)
            {
                list.RemoveAt(list.Count - 1);
            }
        }
    });

    /// <summary>The table of the package with other input rates of some models of OpenAI.</summary>
    public static byte[] WithRates(int models, Func<decimal, decimal> change) => Changed(providers =>
    {
        foreach (var prices in Models(providers, "openai")
            .Select(static model => model!["prices"] as JsonObject)
            .Where(static prices => prices?["input_mtok"] is JsonValue)
            .Take(models))
        {
            prices!["input_mtok"] = change(prices["input_mtok"]!.GetValue<decimal>());
        }
    });

    /// <summary>The table of the package without a rate that some models of OpenAI have among others.</summary>
    public static byte[] WithoutRate(int models, string key) => Changed(providers =>
    {
        foreach (var prices in Models(providers, "openai")
            .Select(static model => model!["prices"] as JsonObject)
            .Where(prices => prices?[key] is JsonValue && prices.Count > 1)
            .Take(models))
        {
            prices!.Remove(key);
        }
    });

    /// <summary>The table of the package with another price of one model of OpenAI.</summary>
    public static byte[] WithPrice(string prices) => Changed(providers =>
        Models(providers, "openai").Single(static model => (string)model!["id"]! == "gpt-4o")!["prices"] = JsonNode.Parse(prices));

    public static JsonArray Models(JsonArray providers, string provider) =>
        providers.Single(candidate => (string)candidate!["id"]! == provider)!["models"]!.AsArray();
}
