using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace AiObs.OpenTelemetry.Exporters;

/// <summary>What is particular about one backend. A preset is this class, its options and the extension method that adds it.</summary>
/// <typeparam name="TOptions">The options of the backend.</typeparam>
internal abstract class ExporterPreset<TOptions> : IValidateOptions<TOptions>
    where TOptions : BackendExporterOptionsBase
{
    /// <summary>Gets the name of the exporter, and of its section, unless the application gives another.</summary>
    public abstract string DefaultName { get; }

    /// <summary>Sets what the backend's own environment variables say; the reader returns <see langword="null"/> for those not set.</summary>
    public abstract void ReadEnvironment(TOptions options, Func<string, string?> read);

    /// <summary>Binds a section. Each preset does that itself, so that the binder is generated and trims.</summary>
    public abstract void Bind(IConfiguration section, TOptions options);

    /// <summary>Says where valid options lead.</summary>
    public abstract BackendTarget Describe(TOptions options);

    public ValidateOptionsResult Validate(string? name, TOptions options)
    {
        if (!options.Enabled)
        {
            return ValidateOptionsResult.Success;
        }

        var problems = new ProblemList($"{BackendExporterOptionsBase.SectionName}:{name}");
        CheckAddress(options, problems);
        ExporterOptionsRules.Check(options, problems);
        FindProblems(options, problems);
        if (problems.Count == 0)
        {
            ExporterOptionsRules.CheckHeaders(Describe(options).Headers, problems);
            ExporterOptionsRules.CheckHeaders(options.Headers, problems);
        }

        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    /// <summary>Adds what is wrong with the options of this backend.</summary>
    /// <remarks>A problem quotes no text that was set: it might be a secret in the wrong place.</remarks>
    protected abstract void FindProblems(TOptions options, ProblemList problems);

    /// <summary>Adds what is wrong with the address; a backend with an address for each region allows that none is set.</summary>
    protected virtual void CheckAddress(TOptions options, ProblemList problems) => ExporterOptionsRules.CheckEndpoint(options.Endpoint, problems);

    /// <summary>Adds a problem when a key is missing.</summary>
    protected static void CheckKey(string option, string? key, string variable, string what, ProblemList problems)
    {
        if (string.IsNullOrWhiteSpace(key))
        {
            problems.Add(option, $"is missing. Set it, or the environment variable {variable}, to {what}.");
        }
    }

    /// <summary>Reads an address; one that is none comes out relative, so that validation reports it.</summary>
    protected static Uri ReadAddress(string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var address) ? address : new Uri("", UriKind.Relative);
}
