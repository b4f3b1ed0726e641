namespace AiObs.ArchitectureTests.Rules;

public sealed class ValidatedOptionsTests
{
    private const string Validator =
        """
        internal sealed class V : Microsoft.Extensions.Options.IValidateOptions<LogOptions>
        {
            public Microsoft.Extensions.Options.ValidateOptionsResult Validate(string? name, LogOptions options) => null!;
        }
        """;

    private const string GenericValidator =
        """
        public abstract class Base;
        internal sealed class V<T> : Microsoft.Extensions.Options.IValidateOptions<T>
            where T : Base
        {
            public Microsoft.Extensions.Options.ValidateOptionsResult Validate(string? name, T options) => null!;
        }
        """;

    [Theory]
    [InlineData($"public class LogOptions; {Validator}", "LogOptions is not sealed.")]
    [InlineData($"public sealed class LogOptions(int A); {Validator}", "LogOptions has no public constructor without parameters.")]
    [InlineData("public sealed class LogOptions;", "LogOptions has no validator.")]
    [InlineData($"public sealed class OtherOptions; public sealed class LogOptions; {Validator}", "OtherOptions has no validator.")]
    [InlineData($"public sealed class LogOptions; {GenericValidator}", "LogOptions has no validator.")]
    public void Violations_OptionsOutOfShape_AreReported(string source, string expected) =>
        Assert.Equal([expected], ValidatedOptions.Violations(CompiledSource.Types(source)));

    [Theory]
    [InlineData($"public sealed class LogOptions; {Validator}")]
    [InlineData($$"""public sealed class LogOptions { public PartOptions Part { get; } = new(); } public sealed class PartOptions; {{Validator}}""")]
    [InlineData($"public sealed class LogOptions : Base; {GenericValidator}")]
    [InlineData("internal class LogOptions;")]
    [InlineData("public class LogSettings;")]
    [InlineData("public enum LogOptions { A }")]
    public void Violations_OtherTypes_AreNotReported(string source) =>
        Assert.Empty(ValidatedOptions.Violations(CompiledSource.Types(source)));
}
