using System.Reflection;
using AiObs.Hosting;
using Microsoft.Extensions.Configuration;

namespace AiObs.Tests.Hosting;

public sealed class OptionsSourcesTests
{
    private static readonly Dictionary<string, (string Text, object Value)> Settings = new()
    {
        ["Enabled"] = ("false", false),
        ["SourceName"] = ("acme", "acme"),
        ["Conventions"] = ("GenAI", SpanConventions.GenAI),
        ["GenAIProfile"] = ("Latest", GenAIProfile.Latest),
        ["CaptureContent"] = ("Spans, Events", ContentCapture.All),
        ["EmitOperationDetails"] = ("true", true),
        ["RecordAttempts"] = ("false", false),
        ["RecordRateLimits"] = ("true", true),
        ["RecordTags"] = ("true", true),
        ["CallbackTimeout"] = ("00:00:05", TimeSpan.FromSeconds(5)),
        ["Privacy:HideInputs"] = ("true", true),
        ["Privacy:HideOutputs"] = ("true", true),
        ["Privacy:HideInputMessages"] = ("true", true),
        ["Privacy:HideOutputMessages"] = ("true", true),
        ["Privacy:HideInputText"] = ("true", true),
        ["Privacy:HideOutputText"] = ("true", true),
        ["Privacy:HideInputImages"] = ("true", true),
        ["Privacy:HideLlmTools"] = ("true", true),
        ["Privacy:HideLlmInvocationParameters"] = ("true", true),
        ["Privacy:HidePrompts"] = ("true", true),
        ["Privacy:HideChoices"] = ("true", true),
        ["Privacy:HideEmbeddingsVectors"] = ("true", true),
        ["Privacy:HideEmbeddingsText"] = ("true", true),
        ["Privacy:Base64ImageMaxLength"] = ("100", 100),
        ["Privacy:MaxContentLength"] = ("200", 200),
        ["Privacy:MaxMessages"] = ("20", 20),
        ["Privacy:RedactionRules"] = ("Email, Card", RedactionRules.Email | RedactionRules.Card),
        ["Privacy:UserIdHashKey"] = ("0123456789abcdef", "0123456789abcdef"),
    };

    [Fact]
    public void Configure_Section_SetsEveryOptionThatCanStandInOne()
    {
        var options = Configure(Settings.ToDictionary(setting => setting.Key, setting => (string?)setting.Value.Text));

        var values = Scalars(options, "").Concat(Scalars(options.Privacy, "Privacy:")).ToDictionary();
        Assert.Equal(Settings.ToDictionary(setting => setting.Key, setting => (object?)setting.Value.Value), values);
    }

    [Theory]
    [InlineData("CaptureContent", "yes")]
    [InlineData("Privacy:HideInputs", "maybe")]
    public void Configure_ValueThatCannotBeRead_SaysWhichAndWhatIsAllowed(string key, string value)
    {
        var exception = Assert.Throws<InvalidOperationException>(() => Configure(new() { [key] = value }));

        Assert.Contains($"AgentObservability:{key}", exception.Message, StringComparison.Ordinal);
        Assert.Contains("None, Spans, Events or All", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Configure_ListsInTheSection_AreAdded()
    {
        var options = Configure(new()
        {
            ["MetricMetadataKeys:0"] = "tenant",
            ["RecordedAdditionalProperties:0"] = "tier",
            ["Privacy:RedactionRulesByKind:ToolResult"] = "Email, Card",
        });

        Assert.Equal(["tenant"], options.MetricMetadataKeys);
        Assert.Equal(["tier"], options.RecordedAdditionalProperties);
        Assert.Equal([new(RedactionKind.ToolResult, RedactionRules.Email | RedactionRules.Card)], options.Privacy.RedactionRulesByKind);
    }

    [Fact]
    public void Configure_EnvironmentAlone_SetsTheOption()
    {
        var options = Configure([], new() { ["OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT"] = "true" });

        Assert.Equal(ContentCapture.Spans, options.CaptureContent);
    }

    [Fact]
    public void Configure_EnvironmentAndSectionDiffer_TheSectionWins()
    {
        var options = Configure(
            new() { ["CaptureContent"] = "None", ["Privacy:HideInputs"] = "false" },
            new() { ["OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT"] = "true", ["OPENINFERENCE_HIDE_INPUTS"] = "true" });

        Assert.Equal(ContentCapture.None, options.CaptureContent);
        Assert.False(options.Privacy.HideInputs);
    }

    private static AgentObservabilityOptions Configure(Dictionary<string, string?> section, Dictionary<string, string>? environment = null)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(section.Select(setting => KeyValuePair.Create($"AgentObservability:{setting.Key}", setting.Value)))
            .Build();
        var options = new AgentObservabilityOptions();
        new OptionsSources(configuration, variable => environment?.GetValueOrDefault(variable)).Configure(options);
        return options;
    }

    private static IEnumerable<KeyValuePair<string, object?>> Scalars(object options, string prefix) => options.GetType()
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(property => property.PropertyType.IsValueType || property.PropertyType == typeof(string))
        .Select(property => KeyValuePair.Create(prefix + property.Name, property.GetValue(options)));
}
