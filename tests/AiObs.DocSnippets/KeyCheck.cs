using Microsoft.Extensions.Configuration;

namespace AiObs.DocSnippets;

#region snippet:doctor-check
internal sealed class KeyCheck(IConfiguration configuration) : IDoctorCheck
{
    public ValueTask<IReadOnlyList<DoctorFinding>> FindAsync(CancellationToken cancellationToken = default) => new(configuration["OPENAI_API_KEY"] is not null
        ? []
        : [new("APP001", DoctorSeverity.Error, "There is no key.", "OPENAI_API_KEY is not set.", "dotnet user-secrets set OPENAI_API_KEY …")]);
}
#endregion
