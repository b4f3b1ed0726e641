using AiObs.Cost.Pricing;
using Microsoft.Extensions.Options;

namespace AiObs.Prices;

/// <summary>Says of wrong options what is wrong, where, and what to do.</summary>
internal sealed class PriceRefreshOptionsValidator : IValidateOptions<PriceRefreshOptions>
{
    private const int DigitsOfHash = 64;

    private static readonly TimeSpan ShortestInterval = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestInterval = TimeSpan.FromDays(30);
    private static readonly TimeSpan ShortestTimeout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromMinutes(10);

    public ValidateOptionsResult Validate(string? name, PriceRefreshOptions options)
    {
        var checks = new OptionChecks(PriceRefreshOptions.SectionName);
        if (!IsSafe(options.Url))
        {
            checks.Fail(nameof(options.Url), "is no address that prices may come from. Give an absolute https address without user name; http is for this machine alone.");
        }

        if (options.Interval != TimeSpan.Zero)
        {
            checks.Between(nameof(options.Interval), options.Interval, ShortestInterval, LongestInterval, "Give a time from a minute to 30 days, or 0 to refresh only when asked.");
        }

        checks.Between(nameof(options.Timeout), options.Timeout, ShortestTimeout, LongestTimeout, "Give a time from a second to 10 minutes.");
        if (options.CacheFile is { } file && string.IsNullOrWhiteSpace(file))
        {
            checks.Fail(nameof(options.CacheFile), "is empty. Give the path of a file, or leave it out.");
        }

        if (options.Sha256 is { } hash && (hash.Length != DigitsOfHash || !hash.All(char.IsAsciiHexDigit)))
        {
            checks.Fail(nameof(options.Sha256), "is no SHA-256. Give 64 hexadecimal digits.");
        }

        if (options.PublicKey is { } key && !TableSignature.IsKey(key))
        {
            checks.Fail(nameof(options.PublicKey), "is no key that can be used. Give the public key of an ECDSA pair over P-256, in PEM.");
        }

        return checks.Result;
    }

    private static bool IsSafe(Uri? url) => url is { IsAbsoluteUri: true, UserInfo.Length: 0 }
        && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback));
}
