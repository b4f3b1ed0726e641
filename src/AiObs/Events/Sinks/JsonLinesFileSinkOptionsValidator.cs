using Microsoft.Extensions.Options;

namespace AiObs.Events.Sinks;

/// <summary>Says of wrong options what is wrong, where, and what to do.</summary>
internal sealed class JsonLinesFileSinkOptionsValidator : IValidateOptions<JsonLinesFileSinkOptions>
{
    private const int SmallestFile = 1024;

    public ValidateOptionsResult Validate(string? name, JsonLinesFileSinkOptions options)
    {
        var failures = new List<string>();
        if (string.IsNullOrWhiteSpace(options.Path) || string.IsNullOrEmpty(System.IO.Path.GetFileName(options.Path)))
        {
            failures.Add($"{nameof(JsonLinesFileSinkOptions)}.Path is '{options.Path}'. Give the path of a file, such as logs/events.jsonl.");
        }

        if (options.MaxFileSize < SmallestFile)
        {
            failures.Add(FormattableString.Invariant(
                $"{nameof(JsonLinesFileSinkOptions)}.MaxFileSize is {options.MaxFileSize}. Give a number of bytes from {SmallestFile} up."));
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
