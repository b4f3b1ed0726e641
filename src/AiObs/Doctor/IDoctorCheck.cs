namespace AiObs;

/// <summary>Looks at one feature for what is set up wrongly or does not work. Those among the services are run by the <see cref="Doctor"/>.</summary>
/// <remarks>A check reads what its feature knows already: it is run each time somebody looks, so it asks no database and no network.</remarks>
public interface IDoctorCheck
{
    /// <summary>Looks.</summary>
    /// <param name="cancellationToken">Ends the look.</param>
    /// <returns>What was found; empty where all is well.</returns>
    ValueTask<IReadOnlyList<DoctorFinding>> FindAsync(CancellationToken cancellationToken = default);
}
