using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AiObs.Cost.Tables;

namespace AiObs.Cost.Pricing;

/// <summary>Reads a price table in the format that its project publishes, and refuses all of it where anything cannot be used.</summary>
internal static class PublishedPrices
{
    /// <summary>The most bytes that a table may have.</summary>
    public const int Limit = 8 * 1024 * 1024;

    private const int DigitsOfHash = 12;

    /// <exception cref="InvalidDataException">The table cannot be used; the message says why.</exception>
    public static PriceTable Read(ReadOnlySpan<byte> bytes)
    {
        try
        {
            var json = bytes.StartsWith(Encoding.UTF8.Preamble) ? bytes[Encoding.UTF8.Preamble.Length..] : bytes;
            var rules = PriceRulesReader.Read(json, $"genai-prices sha256:{Convert.ToHexStringLower(SHA256.HashData(bytes))[..DigitsOfHash]}");
            Check(rules);
            return PriceTable.Of(rules);
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException or FormatException or InvalidOperationException or OverflowException)
        {
            throw new InvalidDataException(exception.Message, exception);
        }
    }

    private static void Check(PriceRules rules)
    {
        if (!rules.Providers.Any(static provider => provider.Models.Length > 0))
        {
            throw new InvalidDataException("It has no models.");
        }

        foreach (var provider in rules.Providers)
        {
            foreach (var pattern in Patterns(provider))
            {
                pattern.Compile();
            }

            foreach (var price in provider.Models.SelectMany(static model => model.Prices.All))
            {
                CheckSize(price);
            }
        }
    }

    private static IEnumerable<LazyPattern> Patterns(ProviderRule provider)
    {
        TextMatch?[] matches = [provider.Names, provider.ModelNames, .. provider.Models.Select(static model => model.Match)];
        return matches.OfType<TextMatch>().SelectMany(static match => match.Patterns).Concat(provider.Address is null ? [] : [provider.Address]);
    }

    private static void CheckSize(ModelPrice price)
    {
        foreach (var (key, rate) in price.Rates)
        {
            if (rate.Base > PricingRulesValidator.LargestRate || rate.Tiers.Any(static tier => tier.Rate > PricingRulesValidator.LargestRate))
            {
                throw new InvalidDataException(
                    FormattableString.Invariant($"The rate \"{key}\" of model \"{price.Model}\" is above {PricingRulesValidator.LargestRate:N0}."));
            }
        }
    }
}
