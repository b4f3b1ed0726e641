using AiObs.OpenTelemetry.Sampling;
using Microsoft.Extensions.Options;
using OpenTelemetry.Exporter;

namespace AiObs.OpenTelemetry.Backends;

/// <summary>Says of wrong options of one exporter what is wrong, where, and what to do.</summary>
/// <param name="exporter">The name of the exporter, and of its options.</param>
/// <param name="rule">What its backend asks for.</param>
internal sealed class BackendOptionsValidator<TOptions>(string exporter, BackendRule<TOptions> rule) : IValidateOptions<TOptions>
    where TOptions : BackendExporterOptionsBase
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    public ValidateOptionsResult Validate(string? name, TOptions options)
    {
        if (name != exporter)
        {
            return ValidateOptionsResult.Skip;
        }

        var checks = new OptionChecks($"{BackendExporterOptionsBase.SectionName}:{name}");
        if (options.Enabled)
        {
            CheckAddress(options, checks);
            CheckCommon(options, checks);
            CheckParticular(options, checks);
            if (!checks.HasFailures)
            {
                CheckHeaders(rule.HeadersOf(options), checks);
                CheckHeaders(options.Headers, checks);
            }
        }

        return checks.Result;
    }

    private void CheckAddress(TOptions options, OptionChecks checks)
    {
        const string Option = nameof(options.Endpoint);
        if (options.Endpoint is not { } endpoint)
        {
            if (rule.Place is { } place)
            {
                place.Check(options, checks);
            }
            else
            {
                checks.Fail(Option, "is missing. Give the address of the backend, such as https://otlp.example.com.");
            }
        }
        else if (!endpoint.IsAbsoluteUri || (endpoint.Scheme != Uri.UriSchemeHttp && endpoint.Scheme != Uri.UriSchemeHttps))
        {
            checks.Fail(Option, "is no absolute http or https address. Give one such as http://localhost:4318.");
        }
        else if (endpoint.UserInfo.Length > 0)
        {
            checks.Fail(Option, "holds a user name or password, which would be logged. Send credentials in a header.");
        }
    }

    private static void CheckCommon(TOptions options, OptionChecks checks)
    {
        const string Remedy = "Give a time between a millisecond and a day.";
        checks.Between(nameof(options.BatchDelay), options.BatchDelay, Shortest, Longest, Remedy);
        checks.Between(nameof(options.Timeout), options.Timeout, Shortest, Longest, Remedy);
        checks.Between(nameof(options.BatchSize), options.BatchSize, 1, null, "Give a number of spans from 1 up.");
        checks.Between(
            nameof(options.QueueCapacity),
            options.QueueCapacity,
            Math.Max(options.BatchSize ?? 1, 1),
            null,
            "Give a number of spans that is at least 1 and at least the batch size.");
        if (options.KeepInteresting is { } keepInteresting)
        {
            KeepInterestingOptionsValidator.Check(keepInteresting, checks.Of(nameof(options.KeepInteresting)));
        }
    }

    private void CheckParticular(TOptions options, OptionChecks checks)
    {
        foreach (var option in options.Particular.Where(option => !rule.Has(option)))
        {
            checks.Fail(option, $"is no option of {rule.Name}. Remove it; {rule.Page} has those there are.");
        }

        if (rule.Protocol is { } protocol)
        {
            checks.KnownAmong(nameof(rule.Protocol), protocol(options), [OtlpExportProtocol.HttpProtobuf, OtlpExportProtocol.Grpc]);
        }

        foreach (var setting in rule.Settings)
        {
            setting.Check(options, checks);
        }

        rule.CheckMore?.Invoke(options, checks);
    }

    private static void CheckHeaders(IEnumerable<KeyValuePair<string, string>> headers, OptionChecks checks)
    {
        using var request = new HttpRequestMessage();
        foreach (var (name, value) in headers)
        {
            if (value is null || value.AsSpan().ContainsAnyExceptInRange(' ', '~'))
            {
                checks.Fail(
                    $"Headers:{name}",
                    "has a value with a line break or another character that no header can carry. Look for stray characters at its ends.");
            }
            else if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                checks.Fail($"Headers:{name}", "is no name of a request header. Use letters, digits and hyphens.");
            }
        }
    }
}
