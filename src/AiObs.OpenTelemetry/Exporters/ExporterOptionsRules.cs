using AiObs.OpenTelemetry.Sampling;

namespace AiObs.OpenTelemetry.Exporters;

/// <summary>What must hold for the options of every backend.</summary>
internal static class ExporterOptionsRules
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    public static void Check(BackendExporterOptionsBase options, ProblemList problems)
    {
        CheckSpan(nameof(options.BatchDelay), options.BatchDelay, problems);
        CheckSpan(nameof(options.Timeout), options.Timeout, problems);
        if (options.BatchSize < 1)
        {
            problems.Add(nameof(options.BatchSize), $"is {options.BatchSize}. Give a number of spans from 1 up.");
        }

        if (options.QueueCapacity < Math.Max(options.BatchSize ?? 1, 1))
        {
            problems.Add(
                nameof(options.QueueCapacity),
                $"is {options.QueueCapacity}. Give a number of spans that is at least 1 and at least the batch size.");
        }

        if (options.KeepInteresting is { } keepInteresting)
        {
            KeepInterestingRules.Check(keepInteresting, $"{nameof(options.KeepInteresting)}:", problems);
        }
    }

    public static void CheckEndpoint(Uri? endpoint, ProblemList problems)
    {
        const string Option = nameof(BackendExporterOptionsBase.Endpoint);
        if (endpoint is null)
        {
            problems.Add(Option, "is missing. Give the address of the backend, such as https://otlp.example.com.");
        }
        else if (!endpoint.IsAbsoluteUri || (endpoint.Scheme != Uri.UriSchemeHttp && endpoint.Scheme != Uri.UriSchemeHttps))
        {
            problems.Add(Option, "is no absolute http or https address. Give one such as http://localhost:4318.");
        }
        else if (endpoint.UserInfo.Length > 0)
        {
            problems.Add(Option, "holds a user name or password, which would be logged. Send credentials in a header.");
        }
    }

    public static void CheckHeaders(IEnumerable<KeyValuePair<string, string>> headers, ProblemList problems)
    {
        using var request = new HttpRequestMessage();
        foreach (var (name, value) in headers)
        {
            if (value is null || value.AsSpan().ContainsAnyExceptInRange(' ', '~'))
            {
                problems.Add(
                    $"Headers:{name}",
                    "has a value with a line break or another character that no header can carry. Look for stray characters at its ends.");
            }
            else if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                problems.Add($"Headers:{name}", "is no name of a request header. Use letters, digits and hyphens.");
            }
        }
    }

    private static void CheckSpan(string option, TimeSpan? value, ProblemList problems)
    {
        if (value < Shortest || value > Longest)
        {
            problems.Add(option, $"is {value}. Give a time between a millisecond and a day.");
        }
    }
}
